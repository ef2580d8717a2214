import Base
import Services

/// The document that describes the API (OpenAPI 3.1.0), generated from the operations themselves.
struct OpenAPI: Sendable {
    let operations: [APIOperation]

    var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "crm-voip", "version": .string(Version.current),
                "description": "What the PBX does now, and what it did. Times are ISO 8601; lengths are seconds.",
            ],
            "servers": .array([["url": "/"]]),
            "security": .array([["token": .array([])], ["session": .array([])]]),
            "paths": paths,
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "A token made by `crm-voip serve token add`, with the scope api:read, or api:act for changes.",
                    ],
                    "session": ["type": "apiKey", "in": "cookie", "name": "session"],
                ],
                "schemas": .object(APISchemas.all),
                "responses": [
                    "problem": [
                        "description": "What happened and what to do.",
                        "content": ["application/problem+json": ["schema": APISchemas.reference("Problem")]],
                    ]
                ],
            ],
        ]
    }

    /// Every path once, with its methods.
    private var paths: JSON {
        var patterns: [String] = []
        var methods: [String: [(String, JSON)]] = [:]
        for item in operations {
            if methods[item.pattern] == nil { patterns.append(item.pattern) }
            methods[item.pattern, default: []].append((item.method.rawValue.lowercased(), operation(item)))
        }
        return .object(patterns.map { ($0, .object(methods[$0] ?? [])) })
    }

    private func operation(_ operation: APIOperation) -> JSON {
        var headers: [(String, JSON)] = []
        if operation.hasETag {
            headers.append(
                ("ETag", ["description": "Changes when the answer may have changed.", "schema": ["type": "string"]])
            )
        }
        var responses: [(String, JSON)] = [
            (
                "200",
                [
                    "description": "The answer.", "headers": .object(headers),
                    "content": .object([
                        (
                            operation.isStream ? "text/event-stream" : "application/json",
                            ["schema": operation.isStream ? ["type": "string"] : APISchemas.reference(operation.schema)]
                        )
                    ]),
                ]
            )
        ]
        if operation.hasETag { responses.append(("304", ["description": "Nothing has changed."])) }
        responses.append(("default", ["$ref": "#/components/responses/problem"]))
        var members: [(String, JSON)] = [
            ("operationId", .string(operation.id)), ("summary", .string(operation.summary)),
            (
                "description",
                .string(
                    "Needs the role \(operation.role.rawValue); a token needs the scope \(operation.scope.rawValue)."
                )
            ),
            ("parameters", .array(operation.parameters.map(parameter))), ("responses", .object(responses)),
        ]
        if let body = operation.body {
            members.append(
                (
                    "requestBody",
                    [
                        "required": .boolean(!operation.isBodyOptional),
                        "content": ["application/json": ["schema": APISchemas.reference(body)]],
                    ]
                )
            )
        }
        return .object(members)
    }

    private func parameter(_ parameter: APIOperation.Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .boolean(parameter.place == .path), "description": .string(parameter.summary),
            "schema": parameter.schema,
        ]
    }
}
