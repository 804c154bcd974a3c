using System.Globalization;
using KismetPS.Bench.Corpora;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Goals;
using KismetPS.Bench.Measures;

switch (args)
{
    case ["run", string folder, .. string[] options]:
        if (!Options.TryParse(options, out Options wanted, out string error))
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        Bench.Run(folder, wanted);
        return 0;
    case ["goals", string folder, .. string[] options]:
        // Numbers stand for goals, for one who works on one of them.
        string[] others = [.. options.SkipWhile(static o => o.Length == 1)];
        if (!Options.TryParse(others, out Options goalOptions, out string goalError))
        {
            Console.Error.WriteLine(goalError);
            return 2;
        }

        GoalRun.Run(folder, goalOptions, [.. options.TakeWhile(static o => o.Length == 1).Select(static o => o[0] - '0')]);
        return 0;
    case ["grow", string axis, string size, string file, string seconds]:
        new GrowMeasure(CorpusFiles.Read(file).Pack(), null, axis, (int)Number(size)).Run(Number(seconds));
        return 0;
    case ["grow", string axis, string size, string file, string seconds, string known]:
        new GrowMeasure(CorpusFiles.Read(file).Pack(), CorpusFiles.Read(known).Pack(), axis, (int)Number(size)).Run(Number(seconds));
        return 0;
    case ["file", string file, string seconds]:
        FileMeasure.Run(file, Number(seconds));
        return 0;
    case ["objects", "devices" or "frames", string file, string seconds]:
        new ObjectMeasure(CorpusFiles.Read(file).Pack()).Run(Number(seconds), frames: args[1] == "frames");
        return 0;
    case ["gaps", "read" or "alone"]:
        GapMeasure.Run(args[1] == "read");
        return 0;
    case ["packetdotnet", string assembly, string file, string seconds]:
        new PacketDotNetMeasure(assembly, CorpusFiles.Read(file).Pack()).Run(Number(seconds));
        return 0;
    case ["decode", string file, string seconds]:
        new DecodeMeasure(CorpusFiles.Read(file).Pack()).Run(Number(seconds));
        return 0;
    case ["track", string file, string seconds, string sensors]:
        new TrackMeasure(CorpusFiles.Read(file).Pack(), (int)Number(sensors)).Run(Number(seconds));
        return 0;
    case ["encode", string format, string seconds]:
        new EncodeMeasure(Word<KismetPS.Export.Messages.DeviceDataFormat>(format)).Run(Number(seconds));
        return 0;
    case ["export", string format, string protocol, string messages]:
        ExportMeasure.Run(Word<KismetPS.Export.Messages.DeviceDataFormat>(format), Word<KismetPS.Export.KismetExportProtocol>(protocol), (int)Number(messages));
        return 0;
    case ["follow", string format, string devices, string seconds, "on" or "off"]:
        FollowMeasure.Run(Word<KismetPS.Export.Messages.DeviceDataFormat>(format), (int)Number(devices), Number(seconds), export: args[4] == "on");
        return 0;
    case ["exports", string folder, .. string[] options]:
        if (!Options.TryParse(options, out Options exportOptions, out string exportError))
        {
            Console.Error.WriteLine(exportError);
            return 2;
        }

        ExportExperiment.Run(exportOptions);
        return 0;
    case ["server", string folder, .. string[] options]:
        if (!Options.TryParse(options, out Options serverOptions, out string serverError))
        {
            Console.Error.WriteLine(serverError);
            return 2;
        }

        ServerExperiment.Run(serverOptions);
        return 0;
    case ["rest", string folder, .. string[] options]:
        if (!Options.TryParse(options, out Options restOptions, out string restError))
        {
            Console.Error.WriteLine(restError);
            return 2;
        }

        RestExperiment.Run(restOptions);
        return 0;
    case ["polled", "changed" or "same", string seconds]:
        PolledRecordMeasure.Run(args[1] == "changed", Number(seconds));
        return 0;
    case ["poll", string devices, string changes, string seconds]:
        PollMeasure.Run((int)Number(devices), (int)Number(changes), Number(seconds));
        return 0;
    case ["pollserve", string devices, string changes]:
        PollServeMeasure.Run((int)Number(devices), (int)Number(changes));
        return 0;
    case ["serve", string clients]:
        ServeMeasure.Run((int)Number(clients));
        return 0;
    case ["served", string clients, string networks, string changes, string seconds, string stuck]:
        ServedMeasure.Run((int)Number(clients), (int)Number(networks), (int)Number(changes), Number(seconds), (int)Number(stuck));
        return 0;
    case ["read", string kind, string seconds]:
        SentenceMeasure.Read(kind, Number(seconds));
        return 0;
    case ["print", string kind, string seconds]:
        SentenceMeasure.Print(kind, Number(seconds));
        return 0;
    case ["memory", string devices]:
        MemoryMeasure.Run((int)Number(devices));
        return 0;
    case ["receive", string buffer]:
        ReceiveMeasure.Run((int)Number(buffer));
        return 0;
    case ["send", string file, string port, string rate, string seconds]:
        SendMeasure.Run(CorpusFiles.Read(file).Pack(), (int)Number(port), Number(rate), Number(seconds));
        return 0;
    default:
        Console.Error.WriteLine("Run bench/run.");
        return 2;
}

static T Word<T>(string text)
    where T : struct, Enum => Enum.Parse<T>(text, ignoreCase: true);

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
