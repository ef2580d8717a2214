public import Base

/// The findings of `config check`.
public struct SettingsCheckResult: ServiceResult {
    /// The faults found without connecting to anything.
    public let check: SettingsCheck
    /// The results for the connections; nil if none was tried.
    public let connections: [ConnectionCheck.Finding]?

    /// A result made of both.
    public init(check: SettingsCheck, connections: [ConnectionCheck.Finding]?) {
        (self.check, self.connections) = (check, connections)
    }

    /// The members listed in docs/contract.md.
    public var json: JSON {
        var members: [(String, JSON)] = [
            ("file", check.file.map(JSON.string) ?? .null),
            ("errors", .array(check.errors.map(JSON.string))),
            ("warnings", .array(check.warnings.map(JSON.string))),
        ]
        if let connections {
            let list = connections.map { finding in
                JSON.object([
                    ("name", .string(finding.name)), ("ok", .boolean(finding.isGood)),
                    ("message", .string(finding.sentence)),
                ])
            }
            members.append(("connections", .array(list)))
        }
        return .object(members)
    }
}
