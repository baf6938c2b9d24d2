"""What the countries of the crisis lines are called. One that is not here goes by its code."""

from landward.model.said import phrase

COUNTRY_WORDS = {
    "AT": phrase("Austria"),
    "AU": phrase("Australia"),
    "BE": phrase("Belgium"),
    "BR": phrase("Brazil"),
    "CA": phrase("Canada"),
    "CH": phrase("Switzerland"),
    "DE": phrase("Germany"),
    "DK": phrase("Denmark"),
    "ES": phrase("Spain"),
    "FI": phrase("Finland"),
    "FR": phrase("France"),
    "GB": phrase("United Kingdom"),
    "IE": phrase("Ireland"),
    "IN": phrase("India"),
    "IT": phrase("Italy"),
    "JP": phrase("Japan"),
    "NL": phrase("Netherlands"),
    "NO": phrase("Norway"),
    "NZ": phrase("New Zealand"),
    "PT": phrase("Portugal"),
    "SE": phrase("Sweden"),
    "US": phrase("United States"),
}
