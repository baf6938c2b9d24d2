"""Plans on screen: one question a screen, a draft, a plan that is lived with."""
