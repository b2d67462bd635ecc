BEGIN { normalize(1, 1); }
BEGIN { denormalize("a"); }
