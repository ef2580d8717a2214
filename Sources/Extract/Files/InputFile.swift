import CallRecords
import CZlib
import Glibc

/// An open file, plain or gzipped, or the standard input: bytes in order, one piece at a time.
///
/// Read with `read(2)` and not mapped: Master.csv grows while it is read, and logrotate's `copytruncate` may truncate
/// it, which would raise SIGBUS in a mapping. zlib passes plain bytes through.
struct InputFile: ~Copyable {
    /// `-` for the standard input.
    let path: String
    /// Bytes on disk, for a progress bar; `nil` for a pipe.
    let size: Int64?
    private let handle: gzFile
    /// Closed together with the handle.
    private let descriptor: CInt

    /// Opens a file; `-` is the standard input. With `followsLinks` false, a link is refused.
    init(path: String, followsLinks: Bool = true) throws(ExtractError) {
        let (handle, descriptor, size) = try Self.open(path, followsLinks ? 0 : O_NOFOLLOW)
        self.path = path
        self.size = size
        self.handle = handle
        self.descriptor = descriptor
    }

    private static func open(_ path: String, _ flags: Int32) throws(ExtractError) -> (gzFile, CInt, size: Int64?) {
        // Opening a named pipe without a writer would block.
        let descriptor = path == "-" ? dup(STDIN_FILENO) : Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags)
        guard descriptor >= 0 else {
            let reason = errno
            // A socket cannot be opened.
            if reason == ENXIO { throw ExtractError(.noInput, "\(path) is a socket, not a file.") }
            throw ExtractError(.noInput, "Cannot open \(path): \(String(cString: strerror(reason))).")
        }
        var status = stat()
        let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        do throws(ExtractError) {
            try check(kind, descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        if path != "-" { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) }
        guard let handle = gzdopen(descriptor, "rb") else {
            close(descriptor)
            throw ExtractError(.unreadable, "Not enough memory to read \(path).")
        }
        // Plain bytes are read past this buffer, straight to where they are wanted, if at least twice as many are.
        gzbuffer(handle, 64 * 1024)
        return (handle, descriptor, kind == S_IFREG ? Int64(status.st_size) : nil)
    }

    /// How many seconds the writer of a named pipe has to begin.
    private static let patience: Int32 = 5

    /// Refuses input that has no end or never begins.
    private static func check(_ kind: mode_t, _ descriptor: CInt, _ path: String) throws(ExtractError) {
        switch kind {
        case S_IFDIR: throw ExtractError(.noInput, "\(path) is a folder, not a file.")
        case S_IFSOCK where path != "-": throw ExtractError(.noInput, "\(path) is a socket, not a file.")
        case S_IFBLK: throw ExtractError(.noInput, "\(path) is a device, not a file.")
        case S_IFCHR where path != "/dev/null" && isatty(descriptor) == 0 && !isNull(descriptor):
            throw ExtractError(.noInput, "\(path == "-" ? "The standard input" : path) is a device, not a file.")
        case S_IFIFO
        where path != "-" && !path.hasPrefix("/dev/fd/") && !path.hasPrefix("/proc/") && path != "/dev/stdin":
            // Pipes made by a shell have a writer; a named pipe may never have one.
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, patience * 1000) > 0 else {
                throw ExtractError(
                    .noInput,
                    "\(path) is a named pipe, and nothing was written to it for \(patience) seconds. Name a file, or start the writer first."
                )
            }
        default: return
        }
    }

    private static func isNull(_ descriptor: CInt) -> Bool {
        var (own, null) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && stat("/dev/null", &null) == 0 && own.st_rdev == null.st_rdev
    }

    deinit { gzclose(handle) }

    /// Bytes of the file on disk that were read so far; fewer than were delivered if the file is compressed.
    var offset: Int64 { Int64(gzoffset(handle)) }

    /// Reads up to this many bytes, appending them to a buffer. Returns 0 at the end of the file.
    func read(upTo count: Int, into buffer: inout [UInt8]) throws(ExtractError) -> Int {
        var got: Int32 = 0
        buffer = [UInt8](unsafeUninitializedCapacity: buffer.count + count) { bytes, used in
            used = buffer.withUnsafeBufferPointer { bytes.update(fromContentsOf: $0) }
            got = gzread(handle, bytes.baseAddress.map { $0 + used }, UInt32(count))
            used += max(0, Int(got))
        }
        guard got >= 0 else {
            var code: Int32 = 0
            let reason = gzerror(handle, &code).map { String(cString: $0) } ?? "unknown error"
            throw ExtractError(.unreadable, "Cannot read \(path) to its end: \(reason).")
        }
        // A truncated .gz ends without an error from gzread itself.
        if got == 0 {
            var code: Int32 = 0
            _ = gzerror(handle, &code)
            if code == Z_BUF_ERROR {
                throw ExtractError(.unreadable, "\(path) is compressed and ends too early: the file is damaged.")
            }
        }
        return Int(got)
    }

    /// The file in its current state; `nil` if it is not a regular file.
    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    /// Whether bytes are delivered as stored on the disk. Known only after something was read.
    var isPlain: Bool { gzdirect(handle) == 1 }

    /// Bytes as stored on the disk, fewer at the end of the file. This does not affect what ``read(upTo:into:)``
    /// delivers next.
    func bytes(at offset: Int64, count: Int) throws(ExtractError) -> [UInt8] {
        var failed = false
        let found = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, used in
            while used < count {
                let got = pread(
                    descriptor,
                    buffer.baseAddress.map { $0 + used },
                    count - used,
                    off_t(offset) + off_t(used)
                )
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { break }
                used += got
            }
        }
        if failed { throw ExtractError(.unreadable, "Cannot read \(path): \(String(cString: strerror(errno))).") }
        return found
    }

    /// Continues at an offset of a plain file.
    func seek(to offset: Int64) throws(ExtractError) {
        guard gzseek(handle, off_t(offset), SEEK_SET) == off_t(offset) else {
            throw ExtractError(.unreadable, "Cannot continue at byte \(offset) of \(path).")
        }
    }
}
