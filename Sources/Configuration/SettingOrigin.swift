/// The origin of an effective value; later cases take precedence over earlier ones.
public enum SettingOrigin: Hashable, Sendable {
    /// The default.
    case builtIn
    /// The configuration file, at a line and column counted from 1.
    case file(path: String, line: Int, column: Int)
    /// An environment variable.
    case environment(variable: String)
    /// A flag of the command, as the user writes it: `--days`.
    case flag(name: String)
}

extension SettingOrigin: CustomStringConvertible {
    /// The origin as the prefix of a message: `FILE:LINE`, the variable's name, or the flag.
    public var description: String {
        switch self {
        case .builtIn: "default"
        case .file(let path, let line, _): "\(path):\(line)"
        case .environment(let variable): variable
        case .flag(let name): name
        }
    }
}
