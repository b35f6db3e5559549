package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** The REST API of docs/api.md, as a client. What it says is checked against the chain or a hash by whoever asks. */
final class Server {

    private static final String API = "/api/v1/";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** Larger answers are refused: a page of the largest messages has 14 MB. */
    private static final long MAX_BYTES = 64 << 20;

    private final String url;
    private final Duration timeout;
    private final HttpClient http;
    private final LongSupplier leftMillis;

    Server(String url) {
        this(url, TIMEOUT);
    }

    /** @param timeout for the whole answer to a request, its body included */
    Server(String url, Duration timeout) {
        this(
                url,
                timeout,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build(),
                timeout::toMillis);
    }

    private Server(String url, Duration timeout, HttpClient http, LongSupplier leftMillis) {
        this.url = url;
        this.timeout = timeout;
        this.http = http;
        this.leftMillis = leftMillis;
    }

    /** The same server, whose requests have so long from now on, all together: however slowly it answers each of them. */
    Server within(Duration total) {
        final long start = System.nanoTime();
        return new Server(
                url,
                timeout,
                http,
                () -> total.minusNanos(System.nanoTime() - start).toMillis());
    }

    /** What a POST made. */
    record Created(String location, JsonFile body) {}

    Created post(String path, byte[] body) {
        final HttpResponse<byte[]> response = send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        final byte[] answer = response.body().length == 0 ? new byte[] {'{', '}'} : response.body();
        return new Created(location(response, path), JsonFile.parse(url + path, answer));
    }

    Created post(String path, ObjectNode body) {
        return post(path, JsonFile.pretty(body));
    }

    /** The exact bytes of a resource. */
    byte[] get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET()).body();
    }

    JsonFile getJson(String path) {
        return JsonFile.parse(url + path, get(path));
    }

    /** A resource that is asked for with headers of its own; nothing if the server has none. */
    Optional<JsonFile> find(String path, Map<String, String> headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).GET();
        headers.forEach(request::header);
        final HttpResponse<byte[]> response = exchange(request);
        return response.statusCode() == 404
                ? Optional.empty()
                : Optional.of(JsonFile.parse(url + path, requireDone(response).body()));
    }

    private URI uri(String path) {
        return URI.create(url + path);
    }

    /** The path of what a POST made, below this server's address. Whatever host it names, this one is asked, and nothing of it but the API. */
    private String location(HttpResponse<?> response, String posted) {
        final String named = response.headers().firstValue("Location").orElse("");
        if (named.isEmpty()) {
            return posted;
        }
        try {
            final String path = uri(posted).resolve(named).normalize().getRawPath();
            final String prefix = URI.create(url).getRawPath();
            if (path != null && path.startsWith(prefix + API)) {
                return path.substring(prefix.length());
            }
            if (path != null && path.startsWith(API)) { // from behind a proxy that takes the prefix away
                return path;
            }
        } catch (IllegalArgumentException e) {
            throw elsewhere(named, e);
        }
        throw elsewhere(named, null);
    }

    private CommandException elsewhere(String named, IllegalArgumentException cause) {
        return new CommandException(
                ExitCode.REFUSED,
                url + ": the server names \"" + named + "\" as the place of what it made, which is not below " + url
                        + API + "; ask whoever runs it. With --direct it is not needed",
                cause);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return requireDone(exchange(request));
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        final long millis = Math.min(timeout.toMillis(), leftMillis.getAsLong());
        if (millis <= 0) {
            throw silent("there was no time left after what was asked of it before", null);
        }
        final CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw silent(e.getCause().toString(), e);
        } catch (TimeoutException e) {
            throw silent("nothing whole within " + (millis + 999) / 1000 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.IO, url + ": interrupted", e);
        } finally {
            answer.cancel(true); // ends what is not whole
        }
    }

    private CommandException silent(String why, Exception cause) {
        return new CommandException(
                ExitCode.IO,
                url + ": the server does not answer (" + why + "); is it running, and is the address right?"
                        + " With --direct it is not needed",
                cause);
    }

    private HttpResponse<byte[]> requireDone(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 300 && response.statusCode() < 400) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    response.request().uri() + ": the server answers " + response.statusCode() + " and names \""
                            + response.headers().firstValue("Location").orElse("")
                            + "\"; nothing was stored: connect to the address that it means");
        }
        if (response.statusCode() < 200 || response.statusCode() >= 400) {
            throw problem(response);
        }
        return response;
    }

    /** A problem document (RFC 9457) in words. */
    private CommandException problem(HttpResponse<byte[]> response) {
        final boolean later = response.statusCode() == 429 || response.statusCode() >= 500;
        final ExitCode code = later ? ExitCode.IO : ExitCode.REFUSED;
        final String start = response.request().uri() + ": the server answers " + response.statusCode();
        if (!response.headers().firstValue("Content-Type").orElse("").contains("json")) {
            return new CommandException(code, start + (later ? "; try again later" : ""));
        }
        final JsonFile json = JsonFile.parse(response.request().uri().toString(), response.body());
        final List<String> parts = new ArrayList<>();
        json.node().properties().forEach(field -> {
            if (!List.of("status", "instance").contains(field.getKey())) {
                parts.add(field.getKey() + " "
                        + field.getValue().asText(field.getValue().toString()));
            }
        });
        return new ProblemException(
                code, start + ": " + String.join(", ", parts) + (later ? "; try again later" : ""), json);
    }
}
