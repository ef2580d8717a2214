import Glibc

/// Groups of users, by their names.
public enum FileGroup {
    /// The number of a group; nil if the system knows none with this name.
    public static func number(named name: String) -> UInt32? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        // A group with many members needs more room; no group needs more than the last size.
        for size in [4096, 65_536, 1 << 20] {
            var buffer = [CChar](repeating: 0, count: size)
            let status = getgrnam_r(name, &entry, &buffer, buffer.count, &found)
            if status == ERANGE { continue }
            return status == 0 && found != nil ? entry.gr_gid : nil
        }
        return nil
    }
}
