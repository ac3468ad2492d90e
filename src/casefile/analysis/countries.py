"""Countries and large regions by name; in Russian by the stem that their cases share."""

import re
from functools import cache
from typing import Final

from casefile.model.text import fold

_ENGLISH: Final = """
Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahrain|Bangladesh|
Belarus|Belgium|Bolivia|Bosnia|Brazil|Bulgaria|Cambodia|Cameroon|Canada|Chad|Chile|China|Colombia|
Croatia|Cuba|Cyprus|Czech Republic|Denmark|Ecuador|Egypt|Eritrea|Estonia|Ethiopia|Finland|France|
Georgia|Germany|Ghana|Greece|Guatemala|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|
Ireland|Israel|Italy|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|
Lebanon|Libya|Lithuania|Luxembourg|Malaysia|Mali|Malta|Mexico|Moldova|Mongolia|Montenegro|Morocco|
Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|
Macedonia|Norway|Oman|Pakistan|Palestine|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|
Romania|Russia|Rwanda|Saudi Arabia|Senegal|Serbia|Singapore|Slovakia|Slovenia|Somalia|South Africa|
South Korea|South Sudan|Spain|Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|
Thailand|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|UAE|United Kingdom|UK|
United States|US|USA|Uruguay|Uzbekistan|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe|Europe|Asia|Africa|
America|Middle East|Crimea|Gaza|West Bank|Britain|England|Scotland|Wales|Siberia|Chechnya|Donbas
"""
_RUSSIAN: Final = """
росси украин белорусси белорус|ь беларус|ь казахстан узбекистан таджикистан киргизи кыргызстан
туркмени туркменистан грузи армени азербайджан молдави молдов латви литв эстони польш германи
франци итали испани португали великобритани англи шотланди ирланди бельги нидерланд голланди
швейцари австри венгри чехи словаки словени хорвати серби черногори босни албани македони греци
кипр турци болгари румыни дани норвеги швеци финлянди исланди сша америк канад мексик куб бразили
аргентин чили перу боливи колумби венесуэл эквадор уругва парагва кита япони коре кндр монголи
вьетнам лаос камбодж таиланд малайзи сингапур индонези филиппин инди пакистан афганистан иран ирак
сири ливан израил палестин иордани сауди кувейт катар оаэ оман йемен египет египт ливи тунис алжир
марокко судан эфиопи сомали кени танзани уганд нигери конго ангол юар намиби зимбабве австрали
европ ази африк сибир урал кавказ крым донбасс донбас чечн ингушети дагестан татарстан башкири
башкортостан осети абхази якути бурят карели коми мордови удмурти чуваши калмыки адыге тыв хакаси
приднестровь приморь подмосковь поволжь прибалтик рф ссср евросоюз балкан арктик антарктид
кабардино-балкари карачаево-черкеси северн.. осети снг ес
"""
_ARABIC: Final = """
سوريا|سورية|العراق|لبنان|الأردن|مصر|السعودية|اليمن|إيران|ايران|روسيا|تركيا|فلسطين|إسرائيل|أوكرانيا|
اوكرانيا|الكويت|قطر|الإمارات|البحرين|عمان|ليبيا|تونس|الجزائر|المغرب|السودان|الصومال|أفغانستان|
باكستان|الهند|الصين|فرنسا|ألمانيا|بريطانيا|أميركا|أمريكا|الولايات المتحدة|إسبانيا|إيطاليا|
سوریه|عراق|لبنان|روسیه|ترکیه|افغانستان|آمریکا|چین|اسرائیل
"""
_CASES: Final = (
    r"(?:а|ы|и|е|у|ой|ою|я|ю|ей|ём|ем|ии|ию|ией|ия|ь|ью|ом|ов|ам|ами|ах|ям|ями|ях|й|ин[ыеау]?)?"
)


@cache
def _tables() -> tuple[frozenset[str], re.Pattern[str]]:
    plain = frozenset(
        fold(name.strip()).text for name in f"{_ENGLISH}|{_ARABIC}".replace("\n", "").split("|")
    )
    stems = "|".join(re.escape(s.replace("|ь", "")) for s in _RUSSIAN.split() if "." not in s)
    return plain, re.compile(rf"(?:{stems}){_CASES}")


def country(said: str) -> bool:
    """Say whether a name is that of a country or a large region."""
    name = re.sub(r"^the ", "", fold(" ".join(said.split())).text)
    plain, stems = _tables()
    return name in plain or stems.fullmatch(name) is not None
