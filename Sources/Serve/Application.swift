import Base

/// Answers requests: first the checks that every request must pass, all in one place, then its route.
struct Application: Sendable {
    var router: Router
    var hosts: HostList
    var authenticator: Authenticator
    var proxy = TrustedProxy()
    var requests = RequestCounters()
    var languages = LanguageChoice()
    /// Receives the details of a failure that clients may not see in full.
    var report: @Sendable (String) -> Void = { _ in }

    /// The response to a request; there always is one.
    func answer(_ sent: Request) async -> Response {
        let request = proxy.resolved(sent)
        // Connections are served by tasks that inherit nothing.
        return await Language.$current.withValue(languages.language(for: request)) { await answered(request) }
    }

    private func answered(_ request: Request) async -> Response {
        let start = ContinuousClock.now
        var pattern: String?
        var response: Response
        do { response = try await self.response(to: request, &pattern) } catch { response = failure(error, request) }
        SecurityHeaders.add(to: &response, isSecure: request.isSecure)
        if request.method == .head, case .bytes(let bytes) = response.body {
            response.headers["Content-Length"] = "\(bytes.count)"
            response.body = .bytes([])
        }
        requests.count(
            route: pattern,
            method: request.method,
            status: response.status,
            time: ContinuousClock.now - start
        )
        return response
    }

    private func response(to request: Request, _ pattern: inout String?) async throws -> Response {
        guard hosts.contains(request.headers["host"]) else {
            throw Problem(
                .misdirected,
                "host",
                localized("This server does not answer to that name. Add it to hosts of [serve] if it should.")
            )
        }
        let match = router.match(request)
        guard case .found(let route, let variables) = match else {
            let identity = authenticator.identity(of: request)
            // Which paths exist is revealed only to clients that are allowed in.
            guard identity != nil else { throw unknownUser(request) }
            guard case .wrongMethod(let allowed) = match else {
                throw Problem(.notFound, "notFound", localized("There is nothing at the address \(request.path)."))
            }
            var problem = Problem(.methodNotAllowed, "usage", localized("The address does not allow this method."))
            problem.headers["Allow"] = allowed.map(\.rawValue).joined(separator: ", ")
            throw problem
        }
        pattern = route.pattern
        let identity = authenticator.identity(of: request)
        if !route.method.isSafe {
            let hasCookie = identity.map { if case .token = $0.proof { false } else { true } } ?? false
            guard SiteCheck.isOwn(request, hasCookie: hasCookie) else {
                throw Problem(.forbidden, "notPermitted", localized("The request was made by a page of another site."))
            }
        }
        if route.access.role != nil {
            guard let identity else { throw unknownUser(request) }
            guard identity.may(route.access) else {
                if identity.proof == .none { throw unknownUser(request) }
                throw Problem(.forbidden, "notPermitted", localized("Your role or token does not permit this."))
            }
            if !route.method.isSafe, !authenticator.forms.isOwn(request, identity) {
                throw Problem(
                    .forbidden,
                    "notPermitted",
                    localized("The form is not from this server, or is too old. Load its page again.")
                )
            }
        }
        return try await route.handler(Exchange(request: request, identity: identity, parameters: variables))
    }

    private func unknownUser(_ request: Request) -> Problem {
        var problem = Problem(.unauthorized, "notPermitted", localized("Log in, or send a token."))
        problem.headers["WWW-Authenticate"] = "Bearer"
        return problem
    }

    /// For a browser a page, or the login page if that helps; for a program a problem document.
    private func failure(_ error: any Error, _ request: Request) -> Response {
        let page = error as? PageFailure
        let problem = Problem(page?.underlying ?? error)
        if problem.status == .internalError { report("\(page?.underlying ?? error)") }
        guard request.wantsPage else { return problem.response }
        if problem.status == .unauthorized, request.method == .get {
            let next = request.path == "/" ? "" : "?next=\(PercentCoding.encoded(request.path))"
            return .redirect(to: "/login\(next)")
        }
        var response = page?.response(problem) ?? ErrorPage.response(problem)
        for field in problem.headers.fields { response.headers[field.name] = field.value }
        return response
    }
}
