"""The words that made-up records are put together from."""

PORTFOLIOS = ("commerce", "treasury", "defence", "energy", "state", "agriculture", "transport", "interior",
              "justice", "labour", "health", "education", "science", "space", "fisheries", "customs", "environment",
              "shipping", "aviation", "railways", "telecommunications", "posts", "mines", "steel", "textiles",
              "tourism", "culture", "housing", "water", "forests", "planning", "statistics", "immigration", "police",
              "intelligence", "trade-promotion", "central-bank", "export-credit", "standards",
              "development-aid")  # fmt: skip
GIVEN = ("Anna", "Boris", "Carla", "David", "Elena", "Frank", "Greta", "Hugo", "Irina", "James", "Karin", "Louis",
         "Maria", "Nikolai", "Olga", "Peter", "Quentin", "Rosa", "Stefan", "Teresa", "Ulrich", "Vera", "Walter",
         "Xenia", "Yuri", "Zoe", "Arthur", "Beata", "Cyril", "Dora")  # fmt: skip
FAMILY = ("Adler", "Berger", "Costa", "Duval", "Eriksen", "Fischer", "Garcia", "Hansen", "Ivanov", "Jansen",
          "Keller", "Lindqvist", "Moreau", "Novak", "Olsen", "Petrov", "Quist", "Rossi", "Schmidt", "Tanaka", "Ueda",
          "Virtanen", "Weber", "Ximenes", "Yilmaz", "Zeman", "Almeida", "Bauer", "Cermak", "Dimitrov", "Evans",
          "Ferrari", "Gruber", "Horvat", "Iversen", "Johansson", "Kowalski", "Larsen", "Meyer", "Nagy", "Okafor",
          "Pereira", "Rasmussen", "Santos", "Toth", "Urban", "Vasquez", "Wolf")  # fmt: skip
TITLES = ("Secretary", "Deputy Secretary", "Under Secretary", "Assistant Secretary", "Director General", "Director",
          "Deputy Director", "Counsellor", "Adviser", "Desk officer")  # fmt: skip
SUBJECTS = ("steel", "semiconductors", "grain", "fisheries", "shipping", "pharmaceuticals", "energy", "rail freight",
            "satellites", "customs", "textiles", "air services", "rare earths", "students", "water", "forests",
            "remittances", "defence spares", "data flows", "standards")  # fmt: skip
OBJECTS = ("trade in", "licences for", "tariffs on", "joint research on", "investment in", "safety of", "transit of",
           "statistics on", "training for", "the agreement on", "market access for", "the working group on",
           "financing of", "the register of", "supply of")  # fmt: skip
OPENINGS = ("Both sides reviewed progress on", "The delegation raised delays in", "The two sides discussed",
            "They took stock of", "The Department asked for an early answer on", "The Ministry explained its views on",
            "Officials on both sides expressed satisfaction with", "The two delegations reaffirmed their interest in",
            "The Secretary drew attention to", "Concerns were voiced about")  # fmt: skip
DETAILS = ("noted that the working group would meet again before the end of the year",
           "agreed that experts should exchange figures within a month",
           "took note of the difficulties that small firms have reported on both sides of the border",
           "recalled the understanding that was reached at the last round in the capital",
           "asked the two embassies to prepare a list of cases that are still pending",
           "welcomed the steps that have been taken since the spring to shorten the procedure",
           "left the question of verification to a later meeting at senior level",
           "underlined that any change would need the consent of both parliaments",
           "pointed to the forthcoming elections as a reason for moving with care",
           "proposed to settle the matter by an exchange of letters")  # fmt: skip
PROMISES = ("Send the draft text on", "Convene the working group on", "Exchange figures on", "Answer the letter on",
            "Name a contact for", "Publish the joint statement on", "Report to ministers on",
            "Prepare the next round on")  # fmt: skip
