"""What made-up customers are called and where they live.

Phone numbers come from the ranges kept free for films (Bundesnetzagentur, Vfg 148/2021), IBANs from published examples.
"""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    """A town, a postcode of it, and the beginning of numbers there that reach nobody (three digits follow)."""

    name: str
    postcode: str
    numbers: str


FIRST_NAMES = (
    "Änne", "Björn", "Çağla", "Dörte", "Emil", "Frauke", "Götz", "Hannelore", "Ilse", "Jürgen", "Käthe", "Lütfiye",
    "Mareike", "Norbert", "Özlem", "Paweł", "Querida", "Rüdiger", "Sören", "Thủy", "Ute", "Vroni", "Wiebke", "Xaver",
    "Yılmaz", "Zoë",
)  # fmt: skip

LAST_NAMES = (
    "Achterberg", "Bäumer", "Çelik", "Döring", "Eßer", "Fröhlich", "Größl", "Hüttenrauch", "Iversen", "Jäger",
    "Köhler", "Löffler", "Müller", "Nörenberg", "Öztürk", "Präg", "Quandt", "Rößler", "Schäfer", "Töpfer", "Überall",
    "Voß", "Weiß", "Xanten", "Yıldız", "Zwölfer",
)  # fmt: skip

TRADES = (
    "Bäckerei", "Gärtnerei", "Tischlerei", "Fahrradladen", "Zahnarztpraxis", "Kanzlei", "Steuerbüro", "Weingut",
    "Yogastudio", "Bücherstube", "Käserei", "Malerbetrieb", "Musikschule", "Optik", "Pension", "Physiotherapie",
    "Goldschmiede", "Hofladen", "Fotostudio", "Möbelhaus",
)  # fmt: skip

STREETS = (
    "Ahornweg", "Bahnhofstraße", "Brückenstraße", "Dorfstraße", "Fährgasse", "Gänsemarkt", "Hauptstraße", "Lindenallee",
    "Mühlenweg", "Rosenstraße", "Schloßplatz", "Töpfergasse", "Weißdornweg",
)  # fmt: skip

TOWNS = (
    Town("Berlin", "10115", "+493023125"),
    Town("München", "80331", "+498999998"),
    Town("Köln", "50667", "+492214710"),
    Town("Frankfurt am Main", "60311", "+496990009"),
    Town("Hamburg", "20095", "+494066969"),
)

MOBILE_NUMBERS = "+4917139200"
"""Two digits follow."""

IBANS = (
    "DE89370400440532013000", "DE75512108001245126199", "DE12500105170648489890", "DE02120300000000202051",
    "DE02500105170137075030", "DE02100500000054540402", "DE02300209000106531065", "DE02200505501015871393",
    "DE02100100100006820101", "DE02300606010002474689", "DE02600501010002034304", "DE02700202700010108669",
    "DE02701500000000594937", "DE88100900001234567892",
)  # fmt: skip

LOCAL_PARTS = (
    "info",
    "kontakt",
    "rechnung",
    "post",
    "bestellung",
    "termine",
    "presse",
    "verwaltung",
    "newsletter",
    "team",
)
