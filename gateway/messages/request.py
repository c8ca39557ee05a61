"""What is wrong with a request or its operation."""

MESSAGES: dict[str, tuple[str, str]] = {
    "http.host": (
        "This host name is not served here.",
        "Dieser Hostname wird hier nicht bedient.",
    ),
    "http.path": (
        "There is nothing at this address.",
        "Unter dieser Adresse gibt es nichts.",
    ),
    "http.method": (
        "This method is not possible here; the Allow header names those that are.",
        "Diese Methode ist hier nicht möglich; der Allow-Header nennt die möglichen.",
    ),
    "http.accept": (
        "Accept must allow application/json or application/graphql-response+json.",
        "Accept muss application/json oder application/graphql-response+json zulassen.",
    ),
    "http.media_type": (
        "Send the request as application/json in UTF-8, not compressed.",
        "Bitte senden Sie die Anfrage unkomprimiert als application/json in UTF-8.",
    ),
    "http.body_size": (
        "The request body has at most {most} bytes.",
        "Eine Anfrage hat höchstens {most} Bytes.",
    ),
    "http.slow": (
        "The request took too long to arrive.",
        "Die Übertragung der Anfrage dauerte zu lange.",
    ),
    "http.header_size": (
        "The request headers are too large.",
        "Die Kopfzeilen der Anfrage sind zu groß.",
    ),
    "http.malformed": (
        "This is not a valid HTTP request.",
        "Das ist keine gültige HTTP-Anfrage.",
    ),
    "request.json": (
        "The request body is not valid JSON in UTF-8.",
        "Die Anfrage ist kein gültiges JSON in UTF-8.",
    ),
    "request.object": (
        "The request body must be one JSON object.",
        "Die Anfrage muss ein JSON-Objekt sein.",
    ),
    "request.batch": (
        "Send one operation per request; lists of operations are not answered.",
        "Bitte senden Sie eine Operation je Anfrage; Listen von Operationen werden nicht beantwortet.",
    ),
    "request.duplicate": (
        "A key occurs twice in a JSON object of the request.",
        "Ein Schlüssel kommt in einem JSON-Objekt der Anfrage doppelt vor.",
    ),
    "request.nesting": (
        "The request is nested more than {most} levels deep.",
        "Die Anfrage ist mehr als {most} Ebenen tief verschachtelt.",
    ),
    "request.query": (
        "query must be a string.",
        "query muss ein String sein.",
    ),
    "request.operation_name": (
        "operationName must be a string or null.",
        "operationName muss ein String oder null sein.",
    ),
    "request.variables": (
        "variables must be an object or null.",
        "variables muss ein Objekt oder null sein.",
    ),
    "request.extensions": (
        "extensions must be an object or null.",
        "extensions muss ein Objekt oder null sein.",
    ),
    "query.limit": (
        "This operation goes beyond a limit: {limit} is at most {most}.",
        "Diese Anfrage überschreitet eine Grenze: {limit} ist höchstens {most}.",
    ),
    "query.unfit": (
        "This part of the operation does not fit the schema.",
        "Dieser Teil der Anfrage passt nicht zum Schema.",
    ),
    "query.not_unicode": (
        "The text of the operation is not valid Unicode.",
        "Der Text der Anfrage ist kein gültiges Unicode.",
    ),
    "query.missing": (
        "There is no operation in the request.",
        "Die Anfrage enthält keine Operation.",
    ),
    "introspection.disabled": (
        "Introspection is switched off here.",
        "Introspektion ist hier abgeschaltet.",
    ),
    "operation.unknown": (
        "The document has no operation of that name.",
        "Das Dokument enthält keine Operation dieses Namens.",
    ),
    "operation.name_needed": (
        "The document has several operations; operationName must say which one.",
        "Das Dokument enthält mehrere Operationen; operationName muss sagen, welche gemeint ist.",
    ),
    "operation.not_listed": (
        "Only operations from the published list are answered here, and this is not one of them.",
        "Hier werden nur Operationen der veröffentlichten Liste beantwortet; diese gehört nicht dazu.",
    ),
    # Apollo's protocol: clients look for exactly this message, in every language.
    "persisted.not_found": ("PersistedQueryNotFound", "PersistedQueryNotFound"),
    "persisted.malformed": (
        "extensions.persistedQuery must be {{version: 1, sha256Hash: 64 hexadecimal digits in lower case}}.",
        "extensions.persistedQuery muss {{version: 1, sha256Hash: 64 hexadezimale Ziffern in Kleinschreibung}} sein.",
    ),
    "persisted.mismatch": (
        "The text of the operation does not have the SHA-256 hash that was sent with it.",
        "Der Text der Operation hat nicht den mitgesandten SHA-256-Hash.",
    ),
    "variables.unfit": (
        "These variables have values their types do not allow: {names}.",
        "Diese Variablen haben Werte, die ihr Typ nicht zulässt: {names}.",
    ),
    "argument.unfit": (
        "An argument of this field has a value its type does not allow.",
        "Ein Argument dieses Feldes hat einen Wert, den sein Typ nicht zulässt.",
    ),
}
