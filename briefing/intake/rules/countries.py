"""Countries by their names and by the words made from them: "Indian", "the United States", "U.S."."""

from __future__ import annotations

from functools import cache

from briefing.spelling import fold_name

_ADJECTIVES = """
Afghan Afghanistan|Albanian Albania|Algerian Algeria|American United States|Angolan Angola|Argentine Argentina
Argentinian Argentina|Armenian Armenia|Australian Australia|Austrian Austria|Azerbaijani Azerbaijan
Bahraini Bahrain|Bangladeshi Bangladesh|Belarusian Belarus|Belgian Belgium|Bhutanese Bhutan|Bolivian Bolivia
Brazilian Brazil|British United Kingdom|Bulgarian Bulgaria|Burmese Myanmar (Burma)|Cambodian Cambodia
Canadian Canada|Chilean Chile|Chinese China|Colombian Colombia|Congolese Congo - Kinshasa|Croatian Croatia
Cuban Cuba|Cypriot Cyprus|Czech Czechia|Danish Denmark|Dominican Dominican Republic|Dutch Netherlands
Ecuadorian Ecuador|Egyptian Egypt|Emirati United Arab Emirates|Estonian Estonia|Ethiopian Ethiopia|Fijian Fiji
Filipino Philippines|Philippine Philippines|Finnish Finland|French France|Georgian Georgia|German Germany
Ghanaian Ghana|Greek Greece|Guatemalan Guatemala|Haitian Haiti|Honduran Honduras|Hungarian Hungary
Icelandic Iceland|Indian India|Indonesian Indonesia|Iranian Iran|Iraqi Iraq|Irish Ireland|Israeli Israel
Italian Italy|Jamaican Jamaica|Japanese Japan|Jordanian Jordan|Kazakh Kazakhstan|Kazakhstani Kazakhstan
Kenyan Kenya|Korean South Korea|Kosovar Kosovo|Kuwaiti Kuwait|Kyrgyz Kyrgyzstan|Laotian Laos|Latvian Latvia
Lebanese Lebanon|Liberian Liberia|Libyan Libya|Lithuanian Lithuania|Malaysian Malaysia|Maldivian Maldives
Maltese Malta|Mauritian Mauritius|Mexican Mexico|Moldovan Moldova|Mongolian Mongolia|Montenegrin Montenegro
Moroccan Morocco|Mozambican Mozambique|Namibian Namibia|Nepalese Nepal|Nepali Nepal|Nicaraguan Nicaragua
Nigerian Nigeria|Norwegian Norway|Omani Oman|Pakistani Pakistan|Palestinian Palestinian Territories
Panamanian Panama|Paraguayan Paraguay|Peruvian Peru|Polish Poland|Portuguese Portugal|Qatari Qatar
Romanian Romania|Russian Russia|Rwandan Rwanda|Salvadoran El Salvador|Saudi Saudi Arabia|Senegalese Senegal
Serbian Serbia|Siamese Thailand|Singaporean Singapore|Slovak Slovakia|Slovenian Slovenia|Somali Somalia
Spanish Spain|Sudanese Sudan|Swedish Sweden|Swiss Switzerland|Syrian Syria|Taiwanese Taiwan|Tajik Tajikistan
Tanzanian Tanzania|Thai Thailand|Tunisian Tunisia|Turkish Türkiye|Turkmen Turkmenistan|Ugandan Uganda
Ukrainian Ukraine|Uruguayan Uruguay|Uzbek Uzbekistan|Venezuelan Venezuela|Vietnamese Vietnam|Yemeni Yemen
Zambian Zambia|Zimbabwean Zimbabwe
"""
_OTHER_NAMES = """
US United States|USA United States|America United States|United States of America United States
UK United Kingdom|Great Britain United Kingdom|Britain United Kingdom|UAE United Arab Emirates
Republic of Korea South Korea|ROK South Korea|Turkey Türkiye|Czech Republic Czechia|Burma Myanmar (Burma)
Myanmar Myanmar (Burma)|Persia Iran|Siam Thailand|People's Republic of China China|PRC China
Russian Federation Russia|Hong Kong China|European Union European Union|EU European Union
Democratic Republic of Congo Congo - Kinshasa|Bosnia and Herzegovina Bosnia & Herzegovina
"""
_CAPITALS = """
Washington United States|New Delhi India|Delhi India|London United Kingdom|Paris France|Berlin Germany
Moscow Russia|Beijing China|Tokyo Japan|Islamabad Pakistan|Kyiv Ukraine|Jerusalem Israel|Ottawa Canada
Canberra Australia|Seoul South Korea
"""


def _table(rows: str) -> dict[str, str]:
    """Return the first word or words of each entry with the country, which is the longest known name at its end."""
    known = _territories()
    found: dict[str, str] = {}
    for entry in rows.replace("\n", "|").split("|"):
        words = entry.split()
        for cut in range(1, len(words)):
            if (country := " ".join(words[cut:])) in known:
                found[fold_name(" ".join(words[:cut]))] = country
                break
    return found


@cache
def _territories() -> frozenset[str]:
    from babel import Locale

    codes = Locale("en").territories
    return frozenset(name for code, name in codes.items() if code.isalpha())


@cache
def _names() -> dict[str, str]:
    own = {fold_name(name): name for name in _territories()}
    return own | _table(_OTHER_NAMES) | {fold_name(f"the {name}"): name for name in _territories()}


@cache
def _adjectives() -> dict[str, str]:
    return _table(_ADJECTIVES)


@cache
def _capitals() -> dict[str, str]:
    return _table(_CAPITALS)


def country_named(words: str) -> str:
    """Return the country that words name ("the U.S.", "India"); empty where they name none."""
    return _names().get(fold_name(words).removeprefix("the "), "")


def country_of(word: str) -> str:
    """Return the country of a name or of a word made from one ("Indian"); empty where it is of none."""
    return country_named(word) or _adjectives().get(fold_name(word), "")


def country_of_capital(word: str) -> str:
    """Return the country that a capital stands for ("New Delhi’s intent"); empty where it stands for none."""
    return _capitals().get(fold_name(word), "")
