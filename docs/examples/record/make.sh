#!/bin/sh
# Makes events/ of this folder anew, with the program's own commands: the record that ships, and what is imagined on top.
set -eu
cd "$(dirname "$0")"
rm -rf events
cp -R ../../../events events
find events -type f -exec chmod u+w {} +

briefing append drafts/01-plan.yaml
briefing note meeting strategic-trade-dialogue --issue --to "Foreign Secretary" --ref ILL/2026/1
briefing return ILL/2026/1@1 --reader "Foreign Secretary" --decision agree --useful very \
  --comment "Offer the joint paper first."

briefing append drafts/02-later.yaml
briefing "done" commerce-talks-2025-05/c1 --status "in hand" --on "17 November 2026" \
  --evidence "Illustration: two possible weeks were exchanged by letter."
briefing correct commerce-talks-2025-05 --set marking=public \
  --set "public_line=Illustration: India and the United States will hold the next Strategic Trade Dialogue soon." \
  --reason "Illustration: released with a line for the press"
