import Dispatch
import Glibc

/// SIGHUP, taken as the wish that files are read again. It does not end the program while a body runs under it.
enum ReloadSignal {
    static func withAction<Result>(
        _ action: @escaping @Sendable () -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
        defer { source.cancel() }
        return try await body()
    }
}
