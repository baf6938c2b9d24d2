"""Stories: read what somebody wrote, on their own machine; code many for research."""
