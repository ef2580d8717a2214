import Glibc

/// Folders, as the program makes them.
public enum Folder {
    /// Makes a folder and the missing ones above it, as root for the user to whom the folder above them belongs. Folders that
    /// exist keep their permissions.
    ///
    /// - Parameters:
    ///   - permissions: of the folder itself and of those above it: what is private is private from its first folder on.
    ///   - owner: to whom root gives folders that it makes in folders of its own.
    /// - Throws: ``FileError``
    public static func make(_ path: String, permissions: UInt32 = 0o700, owner: FileOwner? = nil) throws(FileError) {
        guard !exists(path) else { return }
        do throws(FileError) {
            _ = try OwnedFolder(path, making: permissions, givingTo: owner, to: "make the folder", path)
        } catch {
            var status = stat()
            guard lstat(path, &status) == 0 else { throw error }
            throw FileError(.notTrusted, "make the folder", path, "it is not a folder")
        }
    }

    /// Whether a folder has that name, following links.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The folder that a file lies in.
    public static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Gives a file or folder another name in its folder, in the place of a file that has it.
    ///
    /// - Throws: ``FileError``
    public static func rename(_ path: String, to name: String) throws(FileError) {
        try inFolder(of: path, to: "rename") { $0.rename($1, to: name) }
    }

    /// Removes a file, or a folder that is empty.
    ///
    /// - Throws: ``FileError``
    public static func remove(_ path: String, isFolder: Bool = false) throws(FileError) {
        try inFolder(of: path, to: "remove") { $0.remove($1, isFolder: isFolder) }
    }

    private static func inFolder(
        of path: String,
        to verb: String,
        _ body: (borrowing OwnedFolder, String) -> Int32
    ) throws(FileError) {
        _ = try OwnedFolder.of(path, to: verb) { (folder, name) throws(FileError) in
            guard body(folder, name) == 0 else { throw FileError(verb, path, errno: errno) }
            return 0
        }
    }
}
