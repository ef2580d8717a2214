import Base
import Services

/// The start page, and the checks of a load balancer.
struct StartRoutes: Sendable {
    let model: LiveModel

    func add(to router: inout Router) {
        router.on(.get, "/", for: .role(.wall), "The first page for the role.") { exchange in
            .redirect(to: exchange.role == .wall ? "/wall" : "/queues")
        }
        router.on(.get, "/healthz", for: .everybody, "Whether the server runs.") { _ in
            Response(.ok, .text, Array("ok\n".utf8))
        }
        router.on(.get, "/readyz", for: .everybody, "Whether it is ready: at least one PBX is connected.") { _ in
            let isReady = model.current.contains { $0.staleSince == nil }
            return Response(isReady ? .ok : .unavailable, .text, Array((isReady ? "ready\n" : "no PBX\n").utf8))
        }
    }
}
