import CFileUser
import Glibc

/// A user who can own files.
public struct FileOwner: Hashable, Sendable {
    /// The user's number.
    public let user: UInt32
    /// The number of the group.
    public let group: UInt32

    /// A user by number.
    public init(user: UInt32, group: UInt32) { (self.user, self.group) = (user, group) }
}

/// The folder of a file, resolved and opened once: later operations in it cannot be led elsewhere.
///
/// Root may run any command on a service's data. For each operation in the folder it becomes the user who owns the
/// folder (`setfsuid(2)`, for this thread only). So nothing that this user puts there leads root anywhere the user
/// could not go, and files that root creates belong to the user. On the way to the folder, links are followed if root
/// made them, such as `/var/run`, or if the user did; others are not.
struct OwnedFolder: ~Copyable {
    /// An `openAsPath` descriptor, owned.
    private let descriptor: Int32
    private let identity: Identity

    /// The user as whom files are opened; `nil` in a folder that root owns, and for anyone but root.
    private struct Identity {
        var user: (uid: uid_t, gid: gid_t)?

        /// Takes the identity of a folder's owner; below a folder that root owns, keeps the previous one.
        mutating func take(_ folder: Int32) {
            var status = stat()
            guard geteuid() == 0, fstat(folder, &status) == 0, status.st_uid != 0 else { return }
            user = (status.st_uid, status.st_gid)
        }

        /// The user who opens the file.
        var uid: uid_t { user?.uid ?? geteuid() }

        func run<Result>(_ body: () -> Result) -> Result {
            guard let user else { return body() }
            setfsgid(user.gid)
            setfsuid(user.uid)
            // Saved, because the `errno` that `body` set must survive.
            defer {
                let saved = errno
                setfsuid(geteuid())
                setfsgid(getegid())
                errno = saved
            }
            return body()
        }
    }

    /// Opens a folder.
    ///
    /// - Parameters:
    ///   - permissions: of missing folders, which are then created; `nil` creates none.
    ///   - owner: the user to whom root gives folders that it creates inside a folder of its own.
    ///   - verb: the intended operation, for the error: `write`.
    ///   - file: the name to use in the error.
    /// - Throws: ``FileError``
    init(
        _ path: String,
        making permissions: UInt32? = nil,
        givingTo owner: FileOwner? = nil,
        to verb: String,
        _ file: String
    ) throws(FileError) {
        var identity = Identity()
        var folder = Glibc.open(path.hasPrefix("/") ? "/" : ".", openAsPath | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw FileError(verb, file, errno: errno) }
        // Split by bytes, as the kernel does: a character may consist of more than its slash.
        for part in path.utf8.split(separator: UInt8(ascii: "/")) {
            identity.take(folder)
            let name = String(decoding: part, as: UTF8.self)
            var status = stat()
            let next: Int32 = identity.run {
                if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
                    guard errno == ENOENT, let permissions else { return -1 }
                    let isMade = mkdirat(folder, name, permissions) == 0
                    guard isMade || errno == EEXIST else { return -1 }
                    let made = openat(folder, name, openAsPath | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                    if made >= 0, isMade, let owner, identity.user == nil, geteuid() == 0 {
                        fchownat(made, "", owner.user, owner.group, emptyPath)
                    }
                    return made
                }
                if status.st_mode & S_IFMT == S_IFLNK, status.st_uid != 0, status.st_uid != identity.uid {
                    errno = ELOOP
                    return -1
                }
                let follows = status.st_mode & S_IFMT == S_IFLNK
                return openat(folder, name, openAsPath | O_DIRECTORY | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW))
            }
            let reason = errno
            close(folder)
            guard next >= 0 else { throw FileError(verb, file, errno: reason) }
            folder = next
        }
        identity.take(folder)
        descriptor = folder
        self.identity = identity
    }

    /// The folder of a file, and the file's name within it.
    ///
    /// - Throws: ``FileError`` with code `notTrusted` if the path cannot be that of a file.
    static func of(
        _ path: String,
        making permissions: UInt32? = nil,
        to verb: String,
        _ body: (borrowing OwnedFolder, _ name: String) throws(FileError) -> Int32
    ) throws(FileError) -> Int32 {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let name = String(decoding: parts.last ?? Substring().utf8, as: UTF8.self)
        guard !["", ".", ".."].contains(name), !path.utf8.contains(0) else {
            throw FileError(.notTrusted, verb, path, "it is not the name of a file")
        }
        let parent = String(decoding: path.utf8.dropLast(name.utf8.count), as: UTF8.self)
        let folder = try OwnedFolder(parent, making: permissions, to: verb, path)
        return try body(folder, name)
    }

    deinit { close(descriptor) }

    /// The user as whom files are made.
    var user: uid_t { identity.uid }

    /// The result of `lstat`; nil if nothing has the name.
    func status(of name: String) -> stat? {
        var status = stat()
        return identity.run { fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) } == 0 ? status : nil
    }

    /// Opens a file without following a link or waiting for a FIFO. On failure returns -1 and sets `errno`.
    func open(_ name: String, _ flags: Int32, _ permissions: UInt32 = 0) -> Int32 {
        identity.run { openat(descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, permissions) }
    }

    /// Renames a file within the folder. Returns 0, or -1 and sets `errno`.
    func rename(_ name: String, to new: String) -> Int32 {
        identity.run { renameat(descriptor, name, descriptor, new) }
    }

    /// Removes a file, or an empty folder. Returns 0, or -1 and sets `errno`.
    @discardableResult
    func remove(_ name: String, isFolder: Bool = false) -> Int32 {
        identity.run { unlinkat(descriptor, name, isFolder ? AT_REMOVEDIR : 0) }
    }

    /// Waits until added and removed names are on the disk.
    func synchronise() {
        let folder = open(".", O_RDONLY | O_DIRECTORY)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}

// Linux's O_PATH and AT_EMPTY_PATH, which the Glibc module does not export.
private let openAsPath: Int32 = 0o10_000_000
private let emptyPath: Int32 = 0x1000
