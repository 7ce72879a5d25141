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
Canberra Australia|Seoul South Korea|Kabul Afghanistan|Tirana Albania|Algiers Algeria|Luanda Angola
Buenos Aires Argentina|Yerevan Armenia|Vienna Austria|Baku Azerbaijan|Manama Bahrain|Dhaka Bangladesh|Minsk Belarus
Thimphu Bhutan|La Paz Bolivia|Sarajevo Bosnia & Herzegovina|Gaborone Botswana|Brasilia Brazil|Brasília Brazil
Bandar Seri Begawan Brunei|Ouagadougou Burkina Faso|Phnom Penh Cambodia|Yaoundé Cameroon|Yaounde Cameroon
N'Djamena Chad|Santiago Chile|Bogotá Colombia|Bogota Colombia|Kinshasa Congo - Kinshasa|San José Costa Rica
Zagreb Croatia|Havana Cuba|Nicosia Cyprus|Prague Czechia|Copenhagen Denmark|Santo Domingo Dominican Republic
Quito Ecuador|Cairo Egypt|San Salvador El Salvador|Asmara Eritrea|Tallinn Estonia|Mbabane Eswatini
Addis Ababa Ethiopia|Suva Fiji|Helsinki Finland|Libreville Gabon|Banjul Gambia|Tbilisi Georgia|Accra Ghana
Athens Greece|Guatemala City Guatemala|Conakry Guinea|Port-au-Prince Haiti|Tegucigalpa Honduras|Budapest Hungary
Reykjavik Iceland|Reykjavík Iceland|Jakarta Indonesia|Tehran Iran|Baghdad Iraq|Dublin Ireland|Rome Italy
Amman Jordan|Astana Kazakhstan|Nairobi Kenya|Bishkek Kyrgyzstan|Vientiane Laos|Riga Latvia|Beirut Lebanon
Monrovia Liberia|Tripoli Libya|Vilnius Lithuania|Antananarivo Madagascar|Lilongwe Malawi|Kuala Lumpur Malaysia
Malé Maldives|Bamako Mali|Valletta Malta|Nouakchott Mauritania|Port Louis Mauritius|Mexico City Mexico
Chisinau Moldova|Chișinău Moldova|Ulaanbaatar Mongolia|Podgorica Montenegro|Rabat Morocco|Maputo Mozambique
Naypyidaw Myanmar (Burma)|Windhoek Namibia|Kathmandu Nepal|The Hague Netherlands|Amsterdam Netherlands
Wellington New Zealand|Managua Nicaragua|Niamey Niger|Abuja Nigeria|Pyongyang North Korea|Skopje North Macedonia
Oslo Norway|Muscat Oman|Panama City Panama|Port Moresby Papua New Guinea|Asunción Paraguay|Asuncion Paraguay
Manila Philippines|Warsaw Poland|Lisbon Portugal|Doha Qatar|Bucharest Romania|Kigali Rwanda|Riyadh Saudi Arabia
Dakar Senegal|Belgrade Serbia|Freetown Sierra Leone|Bratislava Slovakia|Ljubljana Slovenia|Mogadishu Somalia
Pretoria South Africa|Juba South Sudan|Madrid Spain|Colombo Sri Lanka|Khartoum Sudan|Paramaribo Suriname
Stockholm Sweden|Bern Switzerland|Berne Switzerland|Damascus Syria|Taipei Taiwan|Dushanbe Tajikistan
Dodoma Tanzania|Bangkok Thailand|Dili Timor-Leste|Port of Spain Trinidad & Tobago|Tunis Tunisia|Ankara Türkiye
Ashgabat Turkmenistan|Kampala Uganda|Kiev Ukraine|Abu Dhabi United Arab Emirates|Montevideo Uruguay
Tashkent Uzbekistan|Caracas Venezuela|Hanoi Vietnam|Sanaa Yemen|Sana'a Yemen|Lusaka Zambia|Harare Zimbabwe
"""
"""Not those that are first of all the seat of others (Brussels), or names of people (Victoria, Sofia)."""


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
