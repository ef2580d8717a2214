public import Base

/// The result of a service: a value that every front end can encode.
///
/// The members of ``json`` and their order are part of the contract (docs/contract.md).
public protocol ServiceResult: Sendable, Encodable {
    /// The result as an object.
    var json: JSON { get }
}

extension ServiceResult {
    /// Encodes ``json``.
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
