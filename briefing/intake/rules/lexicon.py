"""Words that rules go by: what heads a title, what stands inside one, what is never part of a name."""

from __future__ import annotations

HEADS = frozenset(
    """President Minister Secretary Chancellor Premier King Queen Prince Princess Emir Amir Sultan Sheikh Sheikha Pope
    Taoiseach Ambassador Governor Mayor Senator Congressman Congresswoman Representative Leader Speaker Chairman
    Chairwoman Chair Chairperson Director Advisor Adviser NSA APNSA Commissioner Administrator General Admiral Colonel
    Envoy Coordinator Counselor Counsellor Spokesperson Spokesman Spokeswoman Commander Chief
    Judge Member CEO President-Elect Secretary-General Director-General Attorney Treasurer Comptroller Prosecutor
    Lady Gentleman Patriarch Archbishop Cardinal Consul Chargé Assistant Superintendent Officer Co-Chair Whip
    Deputy Undersecretary Vice-President Marshal Archivist Negotiator Delegate Commissioner-General
    Premier-designate Minister-designate Liaison Imam Rabbi Pastor Reverend Bishop Founder Counsel""".split()
)
"""A title has one of these; "Deputy" and "Assistant" alone only at its head."""

HONORIFICS = frozenset(
    "Mr Mrs Ms Miss Dr Sir Dame Lord Baroness Prof Professor Monsieur Signor Señor Senor Herr Count Baron Madame "
    "Gen Adm Col Lt Maj Capt Sgt Gov Sen Rep Hon Rev Amb Shri Smt Pasha Bey".split()
)  # fmt: skip
SUBJECTS = frozenset(
    """State Treasury Defense Defence Commerce Energy Interior Labor Labour Agriculture Transportation Education Justice
    Health Human Services Housing Urban Development Veterans Homeland Security National Foreign External Internal
    Affairs Policy Climate Cyber Technology Technologies Emerging Trade Economic Economy Economics Finance Financial
    Budget Management Science Intelligence Investigation Council Commission Committee Union European Nations United
    House Senate Parliament Congress Congressional Majority Minority Caucus Cabinet Administration Department Ministry
    Office Bureau Agency Board Bank Reserve Federal Central Special Presidential Principal Executive Senior Acting
    Former Incoming Outgoing Prime Vice Under Deputy Assistant First Second Third Crown Supreme Joint Chiefs Staff
    Army Navy Air Force Forces Armed Strategic International Global Regional Political Military Public Press
    Communications Legislative Legal Environmental Environment Protection Resources Water Oceans Arctic Asia Africa
    Europe Pacific Indo-Pacific Western Hemisphere Middle East Near Far Eastern Central South North Southeast American
    Northern Southern Multilateral Bilateral Cooperation Reconciliation Operations Planning Strategy Innovation Industry
    Industrial Investment Infrastructure Digital Information Counterterrorism Terrorism Nonproliferation Humanitarian
    Refugees Migration Immigration Border Customs Rights Order Gender Women Equity Diplomacy Democratic Republican
    Domestic Intergovernmental Representatives Delegates Mission Government Republic Kingdom Federation States Islamic
    Majesty Highness Excellency Holiness Eminence Royal His Her Their Your Honorable High Lead Chief Politburo Standing
    Party Communist People Peoples Organization Organisation Treaty Atlantic Court Disaster Emergency Response Recovery
    Division Section Bureau Embassy Legation Agreements Arms Munitions Control Counterproliferation Pandemic Food Drug
    Tax Revenue Exchange Securities Business Personnel Aviation Railways Railway Petroleum Mines
    Minerals Ports Shipping Waterways Tourism Culture Sports Youth Employment Skill Statistics Space Atomic Nuclear
    Chemicals Fertilizers Fertilisers Rural Panchayati Home Corporate Consumer Commonwealth Exchequer Principals
    Oval Emergency Substance Cancer Wildfire Gulf Coast Equity Task Rapid Engagement Outreach
    Infrastructure Implementation Relations Export Import Markets Analysis Eurasian Competitiveness Manufacturing
    Standards Enforcement Compliance Oceanic Telecommunications Resolution Stability Preparedness Sanctions Fisheries
    Population Diaspora Armaments Procurement Logistics Sustainment Readiness Research Engineering Acquisition
    Counternarcotics Subcommittee Stabilization Stabilisation Neighbourhood Enlargement Integration
    Arabia Korea Zealand Lanka Guinea Rica Salvador Emirates Herzegovina Leone Faso Verde""".split()
)
"""Words of titles and of bodies, never of a person's name."""

ADJECTIVES = frozenset(
    """National Foreign External Internal Economic Financial Federal Central Special Presidential Strategic
    International Global Regional Political Military Public Legislative Legal Environmental Western Eastern
    Northern Southern Multilateral Bilateral Industrial Digital Humanitarian Democratic European American
    African Asian Atomic Nuclear Rural Corporate Eurasian Oceanic""".split()
)
"""What ends in one of these goes on: “for Global Markets”."""

PLURALS = {
    "Presidents": "President", "Ministers": "Minister", "Secretaries": "Secretary", "Chancellors": "Chancellor",
    "Kings": "King", "Governors": "Governor", "Mayors": "Mayor", "Senators": "Senator",
    "Representatives": "Representative",
    "Ambassadors": "Ambassador", "Congressmen": "Congressman", "Congresswomen": "Congresswoman", "Advisors": "Advisor",
    "Advisers": "Adviser", "Directors": "Director", "Generals": "General", "Chairmen": "Chairman", "Chairs": "Chair",
    "Leaders": "Leader", "Administrators": "Administrator", "Commissioners": "Commissioner", "Messrs": "Mr",
    "Attorneys": "Attorney", "Princes": "Prince", "Speakers": "Speaker", "Envoys": "Envoy",
}  # fmt: skip
"""Titles that several names share: "Presidents Duda and Macron"."""

PARTICLES = frozenset(
    "von van der den de del della di da dos das du la le bin ibn bint al el ul ur y e zu ten ter abu af "
    "an as ad".split()
)  # fmt: skip
"""Small words inside a name."""

SUFFIXES = frozenset("Jr Sr II III IV V".split())

_HEADLINE_VERBS = """Concludes Visits Meets Holds Welcomes Receives Arrives Calls Hosts Signs Begins Ends Leads
    Addresses Attends Discusses Urges Speaks Travels Reaffirms Reinforces Opens Inaugurates Launches Delivers Joins
    Thanks Says Seeks Reviews Chairs Co-Chairs Departs Pledges Announces Backs Wraps Kicks Returns Agree Discuss Hold
    Visit Talks Trip Tour Ties""".split()
"""What stands behind a name in a headline: “Minister Concludes Visit”."""
NOT_NAMES = frozenset(
    """The This That These Those A An In On At By For From With Without During Following After Before Earlier Later
    Today Yesterday Tomorrow Tonight Both Each All Many Several Over Under As And Or But If When While Where Through
    Since Until About Regarding Together Building Separately Finally Also Then There They He She It We His Her Their Its
    Our Readout Statement Background Call Meeting Washington Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December Americans Act Plan
    Rescue Accords Ocean Sea Strait River Summit Airport University Institute Alliance Initiative Partnership Agreement
    Framework Dialogue Group Compact Corridor World International COVID-19 COVID Zoom Ukraine America Joining Speaking
    Leading Representing Participating Memorandum Conversation Minutes Participants Democrats Republicans Jobs Families
    Building Roe Members Officials Advocates Students Week Day Month Press Release Remarks To Of
    Association Coalition Congress Christian Christians Muslim Jewish Baltic""".split() + _HEADLINE_VERBS
)
"""Never part of a person's name, and never in front of a title."""
