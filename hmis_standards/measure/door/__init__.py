"""The door: whatever the user has becomes typed tables of one edition, and facts about what was found on the way."""
