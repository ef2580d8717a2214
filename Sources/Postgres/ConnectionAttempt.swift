import CLibPQ
import Glibc

/// The opening of a session. Cancelling the task abandons it, and a refusal keeps its SQLSTATE, which libpq otherwise
/// drops.
enum ConnectionAttempt {
    /// Opens a session.
    ///
    /// - Returns: a handle in status CONNECTION_OK, for the caller to finish.
    /// - Throws: ``PostgresError`` with code `connection`.
    static func open(_ keywords: [(name: String, value: String)]) throws(PostgresError) -> OpaquePointer {
        let started = withCStrings(keywords.map(\.name)) { names in
            withCStrings(keywords.map(\.value)) { values in
                // 1: a URL in `dbname` is expanded.
                PQconnectStartParams(names, values, 1)
            }
        }
        guard let started else { throw PostgresError(.connection, "out of memory") }
        if let seconds = timeout(of: started) {
            do throws(PostgresError) {
                PQsetErrorVerbosity(started, PQERRORS_VERBOSE)
                try complete(started, until: .now + .seconds(seconds))
                PQsetErrorVerbosity(started, PQERRORS_DEFAULT)
            } catch {
                PQfinish(started)
                throw error
            }
            return started
        }
        PQfinish(started)
        return try openBlocking(keywords)
    }

    /// If there are several hosts, only libpq itself tries the next one when the first does not answer.
    private static func openBlocking(
        _ keywords: [(name: String, value: String)]
    ) throws(PostgresError) -> OpaquePointer {
        let opened = withCStrings(keywords.map(\.name)) { names in
            withCStrings(keywords.map(\.value)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let opened else { throw PostgresError(.connection, "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            defer { PQfinish(opened) }
            throw PostgresError(.connection, String(cString: PQerrorMessage(opened)).trimmedLines)
        }
        return opened
    }

    private static func complete(
        _ handle: OpaquePointer,
        until deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        guard PQstatus(handle) != CONNECTION_BAD else { throw refusal(of: handle) }
        // Start as if PQconnectPoll had asked for it.
        var wanted = PGRES_POLLING_WRITING
        while wanted != PGRES_POLLING_OK {
            guard wanted == PGRES_POLLING_READING || wanted == PGRES_POLLING_WRITING else {
                throw refusal(of: handle)
            }
            let events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var request = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
            while poll(&request, 1, 100) <= 0 {
                if Task.isCancelled { throw PostgresError(.connection, "the attempt was interrupted.") }
                guard ContinuousClock.now < deadline else {
                    throw PostgresError(.connection, "the server does not answer in time.")
                }
            }
            wanted = PQconnectPoll(handle)
        }
    }

    /// The time limit for one host in seconds; nil if there are several. libpq reads 0 as no limit, and 1 as 2.
    private static func timeout(of handle: OpaquePointer) -> Double? {
        guard let options = PQconninfo(handle) else { return 10 }
        defer { PQconninfoFree(options) }
        var seconds = 10.0
        var option = options
        while let keyword = option.pointee.keyword {
            let value = option.pointee.val.map { String(cString: $0) } ?? ""
            switch String(cString: keyword) {
            case "host", "hostaddr": if value.contains(",") { return nil }
            case "connect_timeout": seconds = Double(value) ?? 10
            default: break
            }
            option += 1
        }
        return seconds < 1 ? 86_400 : min(max(seconds, 2), 86_400)
    }

    /// `…: FATAL:  53300: sorry, too many clients already`, followed by a location in the server's source code, which
    /// helps nobody.
    private static func refusal(of handle: OpaquePointer) -> PostgresError {
        let lines = String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isNewline)
        var message = lines.filter { !$0.hasPrefix("LOCATION:") }.joined(separator: "\n").trimmedLines
        var state: String?
        if let match = message.matches(of: /: {2}([0-9A-Z]{5}):[ ]/).last {
            state = String(match.output.1)
            message.replaceSubrange(match.range, with: ": ")
        }
        // libpq looks up the service before it connects; its messages are not translated.
        var error = PostgresError(message.hasPrefix("definition of service") ? .address : .connection, message)
        error.sqlState = state
        if error.code == .address {
            error.message = "Unknown service: \(message). Add it to ~/.pg_service.conf, or correct its name."
        }
        error.noteSession(of: handle)
        return error
    }
}

/// Passes an array of C strings, terminated by a null pointer.
func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    var characters: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(characters.count)
        characters.append(contentsOf: string.utf8CString)
    }
    return characters.withUnsafeBufferPointer { characters in
        // An empty list has no characters to point to, and no offsets that would need them.
        let pointers = offsets.map { offset in characters.baseAddress.map { $0 + offset } } + [nil]
        return pointers.withUnsafeBufferPointer { pointers in
            guard let base = pointers.baseAddress else { preconditionFailure("The list ends with a null pointer.") }
            return body(base)
        }
    }
}
