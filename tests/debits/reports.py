"""Files as banks write them."""

from __future__ import annotations

from collections.abc import Iterable

CAMT_02 = "camt.054.001.02"
CAMT_08 = "camt.054.001.08"
PAIN_03 = "pain.002.001.03"
PAIN_10 = "pain.002.001.10"


def document(version: str, body: str) -> bytes:
    """A document of a version."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}">{body}</Document>'.encode()


def status(version: str, code: str = "BOOK") -> str:
    """`Sts` as a version writes it."""
    return f"<Sts>{code}</Sts>" if version == CAMT_02 else f"<Sts><Cd>{code}</Cd></Sts>"


def transaction(reference: str, amount: str, *, code: str | None = None, currency: str = "EUR") -> str:
    """One debit within an entry."""
    reason = f"<RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf>" if code else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>"
        f'<AmtDtls><InstdAmt><Amt Ccy="{currency}">{amount}</Amt></InstdAmt></AmtDtls>{reason}</TxDtls>'
    )


def entry(version: str, amount: str, side: str, details: str, state: str = "BOOK") -> str:
    """One entry."""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status(version, state)}'
        f"<BookgDt><Dt>2026-03-05</Dt></BookgDt><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def camt(entries: Iterable[str], message: str = "MSG-1", version: str = CAMT_08) -> bytes:
    """A notification of bookings."""
    body = "".join(entries)
    return document(
        version,
        f"<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-03-05T07:00:00</CreDtTm></GrpHdr>"
        f"<Ntfctn><Id>1</Id>{body}</Ntfctn></BkToCstmrDbtCdtNtfctn>",
    )


def returned(reference: str, amount: str, code: str = "MS03", message: str = "MSG-R", version: str = CAMT_08) -> bytes:
    """One return, with fees on top in the entry."""
    return camt([entry(version, "15.00", "DBIT", transaction(reference, amount, code=code))], message, version)


def collected(reference: str, amount: str, message: str = "MSG-C", version: str = CAMT_08) -> bytes:
    """One collection."""
    return camt([entry(version, amount, "CRDT", transaction(reference, amount))], message, version)


def refused(reference: str, code: str = "AC01", message: str = "STS-1", version: str = PAIN_10) -> bytes:
    """A debit the bank refused before it was collected."""
    return document(
        version,
        f"<CstmrPmtStsRpt><GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-03-03T09:00:00</CreDtTm></GrpHdr>"
        "<OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
        f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt>",
    )


def file_refused(message_id: str, code: str = "AM05", message: str = "STS-2", version: str = PAIN_03) -> bytes:
    """A file the bank refused as a whole."""
    return document(
        version,
        f"<CstmrPmtStsRpt><GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-03-03T09:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId><GrpSts>RJCT</GrpSts>"
        f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts></CstmrPmtStsRpt>",
    )


def whole_batch(message_id: str, amount: str, count: int, message: str = "MSG-B", version: str = CAMT_08) -> bytes:
    """A batch booked in one sum without its parts."""
    details = f"<Btch><PmtInfId>{message_id}</PmtInfId><NbOfTxs>{count}</NbOfTxs></Btch>"
    return camt([entry(version, amount, "CRDT", details)], message, version)
