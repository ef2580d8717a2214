import Base

/// The keys that environment variables set.
struct EnvironmentLayer {
    static let prefix = "CRM_VOIP_"
    /// Variables that are not keys, but say where the configuration is.
    static let others: Set<String> = ["CRM_VOIP_CONFIG"]

    var settings: [Setting] = []
    /// Messages about unknown variables with our prefix, with suggestions.
    var warnings: [String] = []

    /// Reads the environment. `names` are the names used in the file, by their table (`["pbx"]`), so that
    /// `CRM_VOIP_PBX_HEAD_OFFICE_CSV` is matched to `[pbx.head-office]`.
    init(_ environment: [String: String], names: [[String]: [String]]) throws(ConfigurationError) {
        for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix(Self.prefix) {
            // An empty variable counts as unset: that is how variables are unset in cron and systemd.
            if text.isEmpty || Self.others.contains(variable) { continue }
            guard let (path, declaration) = EnvironmentLayer.key(of: variable, names: names) else {
                let candidates = KeyTable.keys.lazy.map { EnvironmentLayer.variable(of: $0.examplePath) }
                let meant = Suggestion.nearest(to: variable, among: candidates).map { "; did you mean \($0)?" } ?? "."
                warnings.append("Unknown environment variable \(variable)\(meant)")
                continue
            }
            let origin = SettingOrigin.environment(variable: variable)
            guard let value = declaration.kind.value(of: text) else {
                throw ConfigurationError(
                    .badValue,
                    "\(DottedPath.written(path)) should be \(declaration.kind.expectation).",
                    at: origin
                )
            }
            settings.append(Setting(path: path, value: value, origin: origin, declaration: declaration))
        }
    }

    /// The variable that sets a key: the key's path in capitals.
    static func variable(of path: [String]) -> String {
        prefix + path.map(capitals).joined(separator: "_")
    }

    /// A name as part of a variable: everything but letters and digits becomes an underscore.
    private static func capitals(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.uppercased().unicodeScalars.map { scalar in
                    switch scalar {
                    case "A"..."Z", "0"..."9": scalar
                    default: "_"
                    }
                }
            )
        )
    }

    /// The key that a variable sets. If two would match, one with a name from the file takes precedence, then the
    /// longer key, so that `…_PBX_MAIN_AMI_SECRET` is `ami.secret` of `main`.
    private static func key(
        of variable: String,
        names: [[String]: [String]]
    ) -> (path: [String], declaration: KeyDeclaration)? {
        if let aliased = KeyTable.keys.first(where: { $0.alias == variable }) { return (aliased.pattern, aliased) }
        var best: (path: [String], declaration: KeyDeclaration, isNamed: Bool)?
        for declaration in KeyTable.keys {
            guard let star = declaration.pattern.firstIndex(of: "*") else {
                if Self.variable(of: declaration.pattern) == variable { return (declaration.pattern, declaration) }
                continue
            }
            let table = Array(declaration.pattern[..<star])
            let head = Self.variable(of: table) + "_"
            let tail = declaration.pattern[(star + 1)...].map { "_" + capitals($0) }.joined()
            guard variable.hasPrefix(head), variable.hasSuffix(tail),
                variable.utf8.count > head.utf8.count + tail.utf8.count
            else { continue }
            let middle = String(variable.dropFirst(head.count).dropLast(tail.count))
            let named = names[table]?.first { capitals($0) == middle }
            var path = declaration.pattern
            path[star] = named ?? middle.lowercased()
            if let best {
                if best.isNamed, named == nil { continue }
                if best.isNamed == (named != nil), best.declaration.pattern.count >= path.count { continue }
            }
            best = (path, declaration, named != nil)
        }
        return best.map { ($0.path, $0.declaration) }
    }
}
