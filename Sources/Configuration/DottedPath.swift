/// Paths of keys as text.
enum DottedPath {
    /// The names joined by dots; a name that is not a bare key is quoted.
    static func written(_ path: [String]) -> String {
        path.map { isBare($0) ? $0 : SettingValue.quoted($0) }.joined(separator: ".")
    }

    private static func isBare(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
                default: false
                }
            }
    }
}

extension DottedPath {
    /// A pattern with names in place of its `*`: those at the same positions in `path`, otherwise `example`.
    static func filled(_ pattern: [String], from path: [String], _ example: String?) -> [String] {
        pattern.enumerated().map { place, name in
            name != "*" ? name : place < path.count - 1 ? path[place] : example ?? "main"
        }
    }
}

extension KeyDeclaration {
    func path(likeIn path: [String]) -> [String] {
        DottedPath.filled(pattern, from: path, exampleName)
    }

    /// The path with the names used in the commented file.
    var examplePath: [String] { path(likeIn: []) }
}
