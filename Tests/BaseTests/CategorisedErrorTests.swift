import Base
import Testing

@Suite struct CategorisedErrorTests {
    private struct Cause: Error {}

    private struct Plain: CategorisedError {
        struct Code: ErrorCode {
            let rawValue: String
            static let full = Code(rawValue: "disk-full")
        }

        let code = Code.full
        let category = ErrorCategory.tryAgainLater
        let description = "The disk is full. Remove something."
    }

    @Test func `a code has the same name in text and in logs`() {
        let error: any CategorisedError = Plain()
        #expect("\(error.code)" == "disk-full")
    }

    @Test func `an error that names no cause has none`() {
        #expect(Plain().underlying == nil)
    }

    @Test func `an error of any room is recognised by its category`() {
        let error: any Error = Plain()
        #expect((error as? any CategorisedError)?.category == .tryAgainLater)
        #expect((Cause() as any Error) as? any CategorisedError == nil)
    }
}
