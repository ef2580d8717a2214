import Base

/// The API and its document.
struct APIRoutes: Sendable {
    let operations: [APIOperation]

    init(_ parts: [APIOperation]...) { operations = parts.flatMap { $0 } }

    func add(to router: inout Router) {
        for operation in operations { operation.add(to: &router) }
        let document = Array((OpenAPI(operations: operations).json.text() + "\n").utf8)
        router.on(
            .get,
            "/api/v1/openapi.json",
            for: .role(.wall, token: .read),
            "The document of the API (OpenAPI 3.1)."
        ) { _ in Response(.ok, .json, document) }
    }
}
