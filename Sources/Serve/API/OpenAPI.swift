import Base
import Services

/// The document that describes the API (OpenAPI 3.1.0), made of the operations themselves.
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
            "paths": .object(operations.map { ($0.pattern, ["get": operation($0)]) }),
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "A token with the scope api:read, made by `crm-voip serve token add`.",
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

    private func operation(_ operation: APIOperation) -> JSON {
        var headers: [(String, JSON)] = []
        if operation.hasETag {
            headers.append(("ETag", ["description": "Changes when the answer may.", "schema": ["type": "string"]]))
        }
        var responses: [(String, JSON)] = [
            (
                "200",
                [
                    "description": "The answer.", "headers": .object(headers),
                    "content": ["application/json": ["schema": APISchemas.reference(operation.schema)]],
                ]
            )
        ]
        if operation.hasETag { responses.append(("304", ["description": "Nothing has changed."])) }
        responses.append(("default", ["$ref": "#/components/responses/problem"]))
        return [
            "operationId": .string(operation.id), "summary": .string(operation.summary),
            "description": .string("Needs the role \(operation.role.rawValue)."),
            "parameters": .array(operation.parameters.map(parameter)), "responses": .object(responses),
        ]
    }

    private func parameter(_ parameter: APIOperation.Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .boolean(parameter.place == .path), "description": .string(parameter.summary),
            "schema": parameter.schema,
        ]
    }
}
