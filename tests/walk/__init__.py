"""A walker that tries every path of a case, through the forms and acts of the desk, and checks it at every step."""
