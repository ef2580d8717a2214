@preconcurrency import Glibc

/// The environment the process was started with.
enum ProcessEnvironment {
    /// All variables. Nothing in this program changes the environment, so reading it without a lock is safe.
    static var current: [String: String] {
        var variables: [String: String] = [:]
        var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let current = entry, let text = current.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry = current.advanced(by: 1)
        }
        return variables
    }
}
