// Keeps the outbox page live: new letters come as ready HTML over an event stream.
const { stream, since, lang, today, yesterday } = document.body.dataset;
const letters = document.getElementById("letters");
const live = document.querySelector(".live");
const fresh = document.querySelector(".fresh");
let unseen = 0;

const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "medium" });

function dayName(moment) {
  const daysAgo = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(moment).setHours(0, 0, 0, 0)) / 864e5);
  return [today, yesterday][daysAgo] ?? day.format(moment);
}

function fitFrame(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return;
  frame.style.height = "0";
  frame.style.height = `${body.scrollHeight}px`;
}

function dress(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    time.textContent = "clock" in time.dataset ? clock.format(moment) : `${dayName(moment)}, ${clock.format(moment)}`;
    time.title = full.format(moment);
  }
  for (const frame of root.querySelectorAll("iframe")) {
    frame.addEventListener("load", () => fitFrame(frame));
    fitFrame(frame);
  }
}

function showUnseen() {
  fresh.hidden = unseen === 0;
  fresh.lastElementChild.textContent = `${fresh.dataset.one}: ${unseen}`;
  document.title = document.title.replace(/^\(\d+\) /, "");
  if (unseen > 0) document.title = `(${unseen}) ${document.title}`;
}

function seeAll() {
  if (document.hidden || scrollY > 200) return;
  unseen = 0;
  showUnseen();
}

// The list of recipients changes with the letters; the server draws it.
let refreshing = 0;
async function refreshPeople() {
  if (refreshing) return;
  refreshing = setTimeout(async () => {
    refreshing = 0;
    const page = await fetch(location.href).then((answer) => answer.text()).catch(() => "");
    const drawn = new DOMParser().parseFromString(page, "text/html").getElementById("people");
    if (!drawn) return;
    const list = document.querySelector(".people");
    const place = [list?.scrollLeft ?? 0, document.getElementById("people").scrollTop];
    document.getElementById("people").replaceChildren(...drawn.childNodes);
    document.querySelector(".people")?.scrollTo(place[0], 0);
    document.getElementById("people").scrollTop = place[1];
  }, 1500);
}

function arrive(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const letter = holder.content.firstElementChild;
  if (!letter || document.getElementById(letter.id)) return;
  document.querySelector(".empty")?.remove();
  letter.classList.add("new");
  letters.prepend(letter);
  dress(letter);
  refreshPeople();
  if (document.hidden || scrollY > 200) unseen += 1;
  showUnseen();
}

dress(document);
fresh.addEventListener("click", () => scrollTo({ top: 0, behavior: "smooth" }));
addEventListener("scroll", seeAll, { passive: true });
document.addEventListener("visibilitychange", seeAll);
addEventListener("resize", () => document.querySelectorAll("iframe").forEach(fitFrame));

function tellState(on) {
  live.classList.toggle("off", !on);
  live.lastElementChild.textContent = on ? live.dataset.on : live.dataset.off;
}
if (stream) {
  const source = new EventSource(`${stream}&since=${since}`);
  source.addEventListener("letter", (event) => arrive(event.data));
  source.addEventListener("open", () => tellState(true));
  source.addEventListener("error", () => tellState(false));
}
