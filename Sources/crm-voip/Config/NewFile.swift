import Base
import Glibc

/// Files that must not exist yet.
enum NewFile {
    /// Writes a file that only its owner can read, and the folders above it; fails if the file exists.
    ///
    /// Root's files can be read by the group of the folder, too: services run as users of their own.
    static func write(_ text: String, to path: String) throws {
        try Folder.make(Folder.parent(of: path), permissions: 0o755)
        let file = try OpenFile(creating: path, permissions: getuid() == 0 ? 0o640 : 0o600)
        do { try file.write(text.utf8) } catch {
            unlink(path)
            throw error
        }
    }
}
