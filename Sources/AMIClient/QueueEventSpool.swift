internal import Glibc
public import AMI
internal import Switchboard
internal import Synchronization

/// Queue events on their way to the warehouse: lines of a queue_log in a file, until they are there.
///
/// A line is in the file before the next event is looked at, so a killed program loses none. Four files of one name:
/// `.new` has lines as they come; `.loading` those that are being loaded; `.open`, at the time of the last change from the
/// one to the other, the lines of callers and members who are there; `.lock` keeps a second program out, and its time says
/// until when this one heard of everything. The writer is rebuilt of them at the next start.
public final class QueueEventSpool: Sendable {
    private struct State {
        var writer = QueueLogWriter()
        var file: Int32 = -1
        /// Bytes and lines in `.new`.
        var size = 0
        var lines = 0
        var isLoading = false
        /// Whether events are missing, and nobody has said yet who is there now.
        var isBlind = false
        var discarded = 0
    }

    /// What the files may take up. A line has about 80 bytes.
    public static let limit = 256 << 20

    private let base: String
    private let limit: Int
    private let lock: Int32
    private let state: Mutex<State>

    /// Opens the spool of a PBX in a folder, and takes up what an earlier program left.
    ///
    /// - Throws: ``ManagerError`` with code `file`, or `inUse` where another program has it open.
    public init(folder: String, pbx: String, limit: Int = QueueEventSpool.limit) throws(ManagerError) {
        for end in folder.indices where folder[end] == "/" && end > folder.startIndex {
            mkdir(String(folder[..<end]), 0o700)
        }
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw LineFile.failure(folder) }
        // A name from the configuration may be no name of a file.
        base = "\(folder)/queue-events-\(pbx.replacing("/", with: "_"))"
        self.limit = limit
        lock = try LineFile.append(to: base + ".lock")
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(lock)
            throw ManagerError(.inUse, "Another crm-voip stores the queue events of the PBX \(pbx).")
        }
        state = Mutex(State())
        try takeUp()
    }

    private func takeUp() throws(ManagerError) {
        var last = stat()
        let aliveUntil = fstat(lock, &last) == 0 ? Double(last.st_mtim.tv_sec) : 0
        var found = State()
        let open = try LineFile.forEachLine(of: base + ".open") { found.writer.resume($0) }
        let loading = try LineFile.forEachLine(of: base + ".loading") { found.writer.resume($0) }
        let new = try LineFile.forEachLine(of: base + ".new") { found.writer.resume($0) }
        found.file = try LineFile.append(to: base + ".new")
        // Half a line, of a program that was killed, would spoil the next.
        _ = ftruncate(found.file, off_t(new.bytes))
        (found.size, found.lines) = (new.bytes, new.lines)
        found.isLoading = loading.lines > 0
        if open.lines + loading.lines + new.lines > 0 {
            found.isBlind = true
            found.writer.lost(at: aliveUntil)
        }
        state.withLock { [found] in $0 = found }
    }

    deinit {
        state.withLock { _ = Glibc.close($0.file) }
        Glibc.close(lock)
    }

    /// Lines that are not in the warehouse yet, those that are being loaded aside.
    public var waiting: Int { state.withLock(\.lines) }
    /// Whether anything is not in the warehouse yet.
    public var isEmpty: Bool { state.withLock { $0.lines == 0 && !$0.isLoading } }
    /// Lines that were not kept because the disk or the limit did not permit it.
    public var discarded: Int { state.withLock(\.discarded) }

    /// Keeps what an event comes to.
    public func take(_ received: ReceivedEvent, at now: Double) {
        keep { writer in received.parts.flatMap { writer.lines(for: $0.event, at: received.time(or: now)) } }
    }

    /// Keeps what the passing of time comes to, and notes that this program is alive and hears of everything.
    public func tick(at now: Double) {
        if !state.withLock(\.isBlind) { futimens(lock, nil) }
        keep { $0.lines(at: now) }
    }

    /// Notes that events are missing from now on.
    public func lost(at now: Double) {
        state.withLock {
            $0.isBlind = true
            $0.writer.lost(at: now)
        }
    }

    /// Keeps what a complete `QueueStatus` adds.
    public func take(snapshot items: [Message], at now: Double) {
        keep { $0.lines(forSnapshot: items.compactMap { QueueSnapshotItem($0) }, at: now) }
        state.withLock { $0.isBlind = false }
    }

    private func keep(_ lines: (inout QueueLogWriter) -> [String]) {
        state.withLock { state in
            let lines = lines(&state.writer)
            guard !lines.isEmpty else { return }
            let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
            guard state.size + bytes.count <= limit, FileBytes.write(bytes, to: state.file) else {
                // Half a line would spoil the next.
                _ = ftruncate(state.file, off_t(state.size))
                state.discarded += lines.count
                return
            }
            state.size += bytes.count
            state.lines += lines.count
        }
    }

    /// The file that is to be loaded next; nil where there is nothing. It stays the same until ``loaded()``.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public func piece() throws(ManagerError) -> String? {
        let path = base + ".loading"
        let result = state.withLock { state -> Result<String?, ManagerError> in
            if state.isLoading { return .success(path) }
            if state.lines == 0 { return .success(nil) }
            do throws(ManagerError) {
                try LineFile.replace(base + ".open", with: state.writer.open)
                let next = try LineFile.append(to: base + ".next")
                guard rename(base + ".new", path) == 0, rename(base + ".next", base + ".new") == 0 else {
                    let failure = LineFile.failure(path)
                    Glibc.close(next)
                    // Lines that come now must not go where they are deleted.
                    rename(path, base + ".new")
                    throw failure
                }
                Glibc.close(state.file)
                (state.file, state.size, state.lines, state.isLoading) = (next, 0, 0, true)
                return .success(path)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The last piece is in the warehouse.
    public func loaded() {
        state.withLock { state in
            unlink(base + ".loading")
            state.isLoading = false
        }
    }
}

/// Files of lines.
private enum LineFile {
    static func append(to path: String) throws(ManagerError) -> Int32 {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        // What root runs by hand, the service goes on with as the folder's owner.
        var folder = stat()
        if geteuid() == 0, stat(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), &folder) == 0 {
            _ = fchown(file, folder.st_uid, folder.st_gid)
        }
        return file
    }

    /// Another file takes the place of this one, whole.
    static func replace(_ path: String, with lines: [String]) throws(ManagerError) {
        unlink(path + "~")
        let file = try append(to: path + "~")
        let isWritten = FileBytes.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: file)
        guard close(file) == 0, isWritten, rename(path + "~", path) == 0 else { throw failure(path) }
    }

    /// Lends every line that has an end; a file that is not there has none.
    static func forEachLine(
        of path: String,
        _ body: (String) -> Void
    ) throws(ManagerError) -> (lines: Int, bytes: Int) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return (0, 0) }
            throw failure(path)
        }
        defer { close(file) }
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var found = (lines: 0, bytes: 0)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0 { throw failure(path) }
            if count == 0 { return found }
            rest += chunk[..<count]
            var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            rest = lines.popLast().map(Array.init) ?? []
            for line in lines { body(String(decoding: line, as: UTF8.self)) }
            found = (found.lines + lines.count, lines.reduce(found.bytes) { $0 + $1.count + 1 })
        }
    }

    static func failure(_ path: String) -> ManagerError {
        ManagerError(.file, "\(path) cannot be used: \(String(cString: strerror(errno))).")
    }
}
