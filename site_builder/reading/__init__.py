"""From files to records: strict YAML with places, the schema, the folder's layout."""
