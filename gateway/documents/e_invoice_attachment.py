"""The XML of an invoice inside its PDF: a file and what the metadata say about it (Factur-X 1.0, § 6)."""

from __future__ import annotations

from gateway.documents.e_invoice import FILE_NAME
from gateway.documents.pdf import Attachment

_NAMESPACES = """
    xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#\""""

_PROPERTIES = {
    "DocumentFileName": ("The name of the embedded XML document", FILE_NAME),
    "DocumentType": ("The type of the hybrid document in capital letters", "INVOICE"),
    "Version": ("The version of the standard applying to the embedded XML document", "1.0"),
    "ConformanceLevel": ("The conformance level of the embedded XML document", "EN 16931"),
}
"""By name: what it means, and its value. A credit note is an `INVOICE` as well: its type is in the XML."""


def attached(xml: bytes) -> Attachment:
    """The attachment that is an invoice as data."""
    return Attachment(FILE_NAME, "The invoice as data (EN 16931)", xml, _NAMESPACES, _VALUES + _EXTENSION_SCHEMA)


_VALUES = "".join(f"\n      <fx:{name}>{value}</fx:{name}>" for name, (_, value) in _PROPERTIES.items())

_DESCRIBED = "".join(
    f"""
            <rdf:li rdf:parseType="Resource">
              <pdfaProperty:name>{name}</pdfaProperty:name>
              <pdfaProperty:valueType>Text</pdfaProperty:valueType>
              <pdfaProperty:category>external</pdfaProperty:category>
              <pdfaProperty:description>{meaning}</pdfaProperty:description>
            </rdf:li>"""
    for name, (meaning, _) in _PROPERTIES.items()
)

_EXTENSION_SCHEMA = f"""
      <pdfaExtension:schemas><rdf:Bag>
        <rdf:li rdf:parseType="Resource">
          <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
          <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
          <pdfaSchema:prefix>fx</pdfaSchema:prefix>
          <pdfaSchema:property><rdf:Seq>{_DESCRIBED}
          </rdf:Seq></pdfaSchema:property>
        </rdf:li>
      </rdf:Bag></pdfaExtension:schemas>"""
