import Glibc

/// Where this user's files belong, according to the environment.
public struct Places: Sendable {
    /// The home directory.
    public var home: String
    /// Tried in order if neither a flag nor the environment names a file.
    public var configurationFiles: [String]
    /// The default folder for the embedded warehouse and other state.
    public var dataDirectory: String

    /// Reads `HOME`, `XDG_CONFIG_HOME` and `XDG_DATA_HOME`; without `HOME`, the user's home directory is looked up.
    public init(environment: [String: String]) {
        self.init(environment: environment, isRoot: geteuid() == 0, isService: Places.owns(Places.ofService))
    }

    /// The folder in which a package keeps the data of its service.
    private static let ofService = "/var/lib/crm-voip"

    init(environment: [String: String], isRoot: Bool, isService: Bool = false) {
        home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? Places.homeOfUser() ?? "/"
        let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.config"
        configurationFiles = ["\(configuration)/crm-voip/crm-voip.toml", "/etc/crm-voip/crm-voip.toml"]
        if isRoot || isService {
            // PostgreSQL does not run as root, and no other user may enter /root.
            dataDirectory = Places.ofService
        } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            dataDirectory = "\(data)/crm-voip"
        } else {
            dataDirectory = "\(home)/.local/share/crm-voip"
        }
    }

    /// Whether a folder belongs to this user.
    private static func owns(_ folder: String) -> Bool {
        var status = stat()
        return lstat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
    }

    private static func homeOfUser() -> String? {
        guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return nil }
        return String(cString: home)
    }

    /// The path with `~/` expanded to the home directory.
    func expanded(_ path: String) -> String {
        if path == "~" { return home }
        return path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
}
