/// Where a value in force comes from; later cases win over earlier ones.
public enum SettingOrigin: Hashable, Sendable {
    /// Nobody set it.
    case builtIn
    /// The configuration file, at a line and column counted from 1.
    case file(path: String, line: Int, column: Int)
    /// An environment variable.
    case environment(variable: String)
    /// A flag of the command, as the user writes it: `--days`.
    case flag(name: String)
}

extension SettingOrigin: CustomStringConvertible {
    /// The origin as it stands before a message: `FILE:LINE`, the variable's name, the flag.
    public var description: String {
        switch self {
        case .builtIn: "default"
        case .file(let path, let line, _): "\(path):\(line)"
        case .environment(let variable): variable
        case .flag(let name): name
        }
    }
}
