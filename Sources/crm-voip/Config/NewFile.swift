import Base
import Glibc

/// Files that must not exist yet.
enum NewFile {
    /// Writes a file that only its owner can read, and creates its folders; fails if the file exists.
    ///
    /// Files written by root can also be read by the group of the folder, because services run as their own users.
    static func write(_ text: String, to path: String) throws {
        try Folder.make(Folder.parent(of: path), permissions: 0o755)
        let file = try OpenFile(creating: path, permissions: getuid() == 0 ? 0o640 : 0o600)
        do { try file.write(text.utf8) } catch {
            unlink(path)
            throw error
        }
    }
}
