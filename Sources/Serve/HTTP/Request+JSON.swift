import FoundationEssentials

extension Request {
    /// The decoded body, which must be JSON and be declared as such.
    ///
    /// - Throws: ``Problem`` if it is not, or lacks something.
    func decoded<Body: Decodable>(_ type: Body.Type) throws(Problem) -> Body {
        guard hasJSON else {
            throw Problem(
                .unsupportedMediaType,
                "usage",
                "The body should be JSON, with Content-Type: application/json."
            )
        }
        do { return try JSONDecoder().decode(type, from: Data(body)) } catch DecodingError.keyNotFound(let key, _) {
            throw Problem(.badRequest, "usage", "The body lacks \(key.stringValue).")
        } catch DecodingError.typeMismatch(_, let context) {
            let name = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw Problem(.badRequest, "usage", "The value of \(name.isEmpty ? "the body" : name) has the wrong type.")
        } catch {
            throw Problem(.badRequest, "usage", "The body is not the JSON object that it should be.")
        }
    }
}
