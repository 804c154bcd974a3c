using System.CommandLine;
using System.CommandLine.Parsing;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>A command of the host: options in its constructor, work in <see cref="Run"/>, failures as one line and an exit code.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string description)
        : base(name, description) => SetAction(Invoke);

    /// <summary>Does the work; gives the exit code.</summary>
    protected abstract int Run(ParseResult parse, CliContext context);

    private int Invoke(ParseResult parse)
    {
        using var context = new CliContext();
        try
        {
            int code = Run(parse, context);
            context.Out.Flush();
            return code;
        }
        catch (Exception e) when ((e as IOException ?? e.InnerException as IOException) is IOException closed && Output.StandardOutput.IsClosed(closed))
        {
            // The reader of a pipe has what it wanted (head, for one).
            return ExitCode.Done;
        }
        catch (KismetException e)
        {
            Report(context, e);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Log("interrupted");
            return ExitCode.Interrupted;
        }
        catch (IOException e)
        {
            Report(context, new KismetException(KismetErrorId.FileNotWritable, $"The output cannot be written: {e.Message}", "Check where it goes, and the space there.", e));
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // the last resort: a defect of ours is told as one, and never by an abort
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.Log($"this is a defect of kismetps, please report it [{KismetErrorId.InternalFailure}]");
            Console.Error.WriteLine(e);
            return ExitCode.Failed;
        }
    }

    /// <summary>Adds a check of several options together; where one of them has no value, its own error says so and the check is left out.</summary>
    protected void Check(Action<CommandResult> check) => Validators.Add(result =>
    {
        try
        {
            check(result);
        }
        catch (InvalidOperationException)
        {
            // The parser throws its conversion error out of GetValue, and keeps it among the errors of the line.
        }
    });

    /// <summary>Says what a session wants its user to know.</summary>
    protected static void Tell(CliContext context, KismetSession session)
    {
        while (session.TryTakeWarning(out string? warning))
        {
            context.Log(warning!);
        }
    }

    /// <summary>An error as one line with its id, and what to do on the next.</summary>
    protected static void Report(CliContext context, KismetException error)
    {
        context.Log($"{error.Message} [{error.Id}]");
        if (error.Advice is not null)
        {
            context.Log(error.Advice);
        }
    }
}
