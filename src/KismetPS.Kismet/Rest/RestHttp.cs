using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// Requests to one server, one at a time, so that whatever this host asks costs the server one thread at most. The host named is the only one spoken to:
/// no redirects, no cookies of others, no proxy of the system.
/// </summary>
internal sealed class RestHttp : IDisposable
{
    /// <summary>Longest answer read whole.</summary>
    public const int MaxAnswer = 64 * 1024 * 1024;

    // A full answer of a hundred thousand devices with the fields of a poll has some fifty megabytes.
    private const long MaxStream = 1L << 30;

    // A server that another program asks for full records stands still for half a minute (measured: 23 s at 50,000 devices).
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(45);

    private readonly HttpClient _client;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly RestCredential _credential;
    private readonly TimeSpan _silence;
    private long _bytes;
    private long _requests;
    private volatile bool _ended;

    /// <summary>Makes the client; throws <see cref="KismetException"/> where the address is no good.</summary>
    public RestHttp(KismetConnectionOptions options, RestCredential credential)
    {
        Base = BaseOf(options);
        _credential = credential;
        _silence = options.SilenceTimeout;
        Failure = new RestFailure(Base, credential);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = 2,
        };
        Tls = new RestTls(options);
        handler.SslOptions.RemoteCertificateValidationCallback = Tls.Accepts;
        handler.SslOptions.CertificateChainPolicy = Tls.ChainPolicy;
        Handler = handler;
        _client = new HttpClient(handler) { BaseAddress = Base, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("KismetPS", null));
    }

    /// <summary>Address of the server with its base path.</summary>
    public Uri Base { get; }

    /// <summary>Connections to the server.</summary>
    public SocketsHttpHandler Handler { get; }

    /// <summary>Which certificates are taken.</summary>
    public RestTls Tls { get; }

    /// <summary>Failures of this server.</summary>
    public RestFailure Failure { get; }

    /// <summary>Bytes of answers, unpacked.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Requests made.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Asks and reads the answer whole, whatever its status.</summary>
    public async Task<RestAnswer> AskAsync(HttpMethod method, string path, byte[]? form, CancellationToken cancel, TimeSpan? timeout = null)
    {
        long start = Stopwatch.GetTimestamp();
        return await OneAsync(
            method,
            path,
            form,
            async (response, timer, silence) =>
            {
                using MemoryStream body = new();
                Stream stream = await response.Content.ReadAsStreamAsync(timer.Token).ConfigureAwait(false);
                byte[] buffer = new byte[16 * 1024];
                for (int read; (read = await ReadAsync(stream, buffer, timer, silence).ConfigureAwait(false)) > 0;)
                {
                    body.Write(buffer, 0, read);
                    if (body.Length > MaxAnswer)
                    {
                        throw Failure.TooLong(MaxAnswer);
                    }
                }

                return new RestAnswer { Status = response.StatusCode, Body = body.ToArray(), Location = response.Headers.Location, Elapsed = Stopwatch.GetElapsedTime(start) };
            },
            timeout,
            cancel).ConfigureAwait(false);
    }

    /// <summary>Asks for something that must be there and reads the answer whole.</summary>
    public async Task<RestAnswer> GetAsync(string path, CancellationToken cancel, bool command = false, TimeSpan? timeout = null)
    {
        RestAnswer answer = await AskAsync(HttpMethod.Get, path, null, cancel, timeout).ConfigureAwait(false);
        await CheckAsync(answer, path, command, cancel).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Asks and gives the records of the answer as they come, under <paramref name="enter"/> by the bufferful. Gives what lies around them.</summary>
    public async Task<string> StreamAsync(string path, byte[]? form, JsonAnswerForm answerForm, Action<Action> enter, RecordHandler take, Action<int>? lost, CancellationToken cancel)
    {
        RestAnswer? refused = null;
        string outside = await OneAsync(
            form is null ? HttpMethod.Get : HttpMethod.Post,
            path,
            form,
            async (response, timer, silence) =>
            {
                Stream stream = await response.Content.ReadAsStreamAsync(timer.Token).ConfigureAwait(false);
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    byte[] text = new byte[4096];
                    int length = 0;
                    for (int read; length < text.Length && (read = await ReadAsync(stream, text.AsMemory(length), timer, silence).ConfigureAwait(false)) > 0;)
                    {
                        length += read;
                    }

                    refused = new RestAnswer { Status = response.StatusCode, Body = text[..length], Location = response.Headers.Location };
                    return string.Empty;
                }

                JsonRecordFramer framer = new(answerForm);
                long total = 0;
                try
                {
                    for (int read; (read = await ReadAsync(stream, framer.GetMemory(), timer, silence).ConfigureAwait(false)) > 0;)
                    {
                        framer.Advance(read);
                        enter(() =>
                        {
                            while (framer.TryRead(out ReadOnlySpan<byte> record))
                            {
                                take(record);
                            }
                        });
                        if ((total += read) > MaxStream)
                        {
                            throw Failure.TooLong(MaxStream);
                        }
                    }
                }
                finally
                {
                    lost?.Invoke(framer.TooLong + framer.Broken);
                }

                JsonAnswerStatus status = framer.Finish();
                return status == JsonAnswerStatus.Complete ? framer.Outside : throw Failure.Invalid(status, path, framer.Outside);
            },
            null,
            cancel).ConfigureAwait(false);
        if (refused is not null)
        {
            await CheckAsync(refused, path, command: false, cancel).ConfigureAwait(false);
        }

        return outside;
    }

    /// <summary>Throws what an answer other than 200 means.</summary>
    public async Task CheckAsync(RestAnswer answer, string path, bool command, CancellationToken cancel)
    {
        if (answer.IsOk)
        {
            return;
        }

        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // The server says the same of a wrong password and of a role that does not suffice. Who may ask anything may ask this.
            RestAnswer session = await AskAsync(HttpMethod.Get, "session/check_session", null, cancel).ConfigureAwait(false);
            throw session.IsOk && _credential.IsGiven ? Failure.NoRole(path) : Failure.NotKnown();
        }

        throw Failure.Of(answer, path, command);
    }

    public void Dispose()
    {
        _ended = true;
        _client.Dispose();
        _one.Dispose();
    }

    /// <summary>Address of a server with its base path; throws <see cref="KismetException"/> where it is no good.</summary>
    internal static Uri BaseOf(KismetConnectionOptions options)
    {
        if (options.Uri is not { } uri)
        {
            return new UriBuilder(options.UseTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, options.ComputerName, options.Port).Uri;
        }

        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "The address is none of http or https.", "Give it as https://host/kismet/.");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            // What is in an address is shown, logged and saved.
            throw new KismetException(KismetErrorId.ArgumentInvalid, "The address has a user, a query or a fragment in it.", "Give logins with -Credential and keys with -ApiKey.");
        }

        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    private async Task<T> OneAsync<T>(
        HttpMethod method, string path, byte[]? form, Func<HttpResponseMessage, CancellationTokenSource, TimeSpan, Task<T>> read, TimeSpan? timeout, CancellationToken cancel)
    {
        try
        {
            await _one.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (ObjectDisposedException e)
        {
            throw Failure.Ended(e);
        }

        TimeSpan answer = timeout ?? s_answer;
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            Interlocked.Increment(ref _requests);
            using HttpRequestMessage request = new(method, path.TrimStart('/'));
            _credential.Apply(request.Headers);
            if (form is not null)
            {
                request.Content = new ByteArrayContent(form) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
            }

            timer.CancelAfter(answer);
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timer.Token).ConfigureAwait(false);
            return await read(response, timer, _silence > answer ? _silence : answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            // The handler's own limit, that of connecting, comes with a cause.
            throw _ended ? Failure.Ended(e) : Failure.Timeout(e.InnerException is TimeoutException ? Handler.ConnectTimeout : answer);
        }
        catch (ObjectDisposedException e)
        {
            throw Failure.Ended(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or InvalidDataException)
        {
            throw Tls.Rejected is { } why ? Failure.Certificate(why, e) : Failure.Of(e);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        try
        {
            _one.Release();
        }
        catch (ObjectDisposedException)
        {
            // The session ended meanwhile.
        }
    }

    private async Task<int> ReadAsync(Stream stream, Memory<byte> into, CancellationTokenSource timer, TimeSpan silence)
    {
        timer.CancelAfter(silence);
        int read = await stream.ReadAsync(into, timer.Token).ConfigureAwait(false);
        Interlocked.Add(ref _bytes, read);
        return read;
    }
}
