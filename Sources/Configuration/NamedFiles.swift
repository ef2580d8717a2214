/// The files that a configuration key names for reading.
public struct NamedFiles: Sendable, Equatable {
    /// The key as it is written in TOML.
    public let key: String
    /// Where it is set.
    public let origin: SettingOrigin
    /// Paths and glob patterns, with `~` expanded to the home directory.
    public let paths: [String]
}

extension Settings {
    /// The configured files that a command reads, except those that contain secrets, which `inconsistencies` reads.
    public var namedFiles: [NamedFiles] {
        all.compactMap { setting in
            let isRead = Self.filesThatAreRead.contains(setting.declaration.name)
            guard setting.origin != .builtIn, isRead else { return nil }
            let paths: [String]
            switch setting.value(in: places) {
            case .text(let path): paths = [path]
            case .list(let list): paths = list
            default: return nil
            }
            return NamedFiles(key: setting.key, origin: setting.origin, paths: paths)
        }
    }

    /// The other keys with paths name files that a command writes or creates.
    private static let filesThatAreRead: Set = ["csv", "queue_log", "defaults_file", "ca_file", "certificate", "key"]

    /// Settings that have no effect because another key in the same table is set, one sentence each.
    public var overridden: [String] {
        all.compactMap { setting in
            guard setting.origin != .builtIn, let rival = setting.declaration.rival,
                let other = values[setting.path.dropLast() + [rival]], !other.isEmpty,
                other.origin.rank >= setting.origin.rank
            else { return nil }
            return "\(setting.origin): \(setting.key) is not used, because \(other.key) is set."
        }
    }
}
