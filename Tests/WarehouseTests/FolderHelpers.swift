import Glibc

@testable import Warehouse

extension FileSystem {
    /// Removes a test's folder with all its contents.
    static func removeFolder(_ path: String) {
        for name in names(in: path) {
            let entry = "\(path)/\(name)"
            if attributes(entry)?.isFolder == true { removeFolder(entry) } else { unlink(entry) }
        }
        rmdir(path)
    }

    /// Writes a small file as the server's user would.
    static func write(_ content: String, to path: String, owner: ServerUser) throws {
        guard let file = fopen(path, "w") else { throw failure("write", path) }
        fputs(content, file)
        fclose(file)
        try own(path, owner)
    }
}
