"""The record for other programs: events as lines, meetings as rows and as a calendar."""
