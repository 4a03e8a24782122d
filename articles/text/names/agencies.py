"""Agencies that wires credit, as they sign (folded) and as we print them."""

AGENCIES = {
    "aap": "AAP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "ani": "ANI",
    "anp": "ANP",
    "ansa": "ANSA",
    "ap": "AP",
    "apa": "APA",
    "associated press": "AP",
    "ats": "ATS",
    "belga": "Belga",
    "bernama": "Bernama",
    "bloomberg": "Bloomberg",
    "cna": "CNA",
    "dpa": "dpa",
    "dw": "DW",
    "efe": "EFE",
    "europa press": "Europa Press",
    "ians": "IANS",
    "interfax": "Interfax",
    "ips": "IPS",
    "jiji": "Jiji Press",
    "jiji press": "Jiji Press",
    "keystone-sda": "Keystone-SDA",
    "kyodo": "Kyodo",
    "kyodo news": "Kyodo",
    "lusa": "Lusa",
    "new york times": "New York Times",
    "ntb": "NTB",
    "nytimes": "New York Times",
    "pa": "PA",
    "pap": "PAP",
    "pti": "PTI",
    "reuter": "Reuters",
    "reuters": "Reuters",
    "ria novosti": "RIA Novosti",
    "ritzau": "Ritzau",
    "sda": "SDA",
    "sid": "SID",
    "tass": "TASS",
    "thomson reuters": "Reuters",
    "tt": "TT",
    "ukrinform": "Ukrinform",
    "upi": "UPI",
    "washington post": "Washington Post",
    "xinhua": "Xinhua",
    "yonhap": "Yonhap",
}


def find_agency(signature: str) -> str:
    """Return the printed name of a signature as ``REUTERS``, ``ats afp`` or ``AP/AFP``; empty when unknown."""
    words = signature.strip().strip(".").casefold().removeprefix("the ")
    if words in AGENCIES:
        return AGENCIES[words]
    for mark in ("/", ",", " and ", " "):
        names = [AGENCIES.get(word.strip().removeprefix("the "), "") for word in words.split(mark)]
        if len(names) > 1 and all(names):
            return ", ".join(dict.fromkeys(names))
    return ""
